import "@fontsource/noto-serif-kr/600.css";
import "pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css";
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/shell.css";
import "./styles/side.css";
import "./styles/sheet.css";
import "./styles/post.css";
import "./styles/editor.css";
import "./styles/prose.css";
import "./styles/pane.css";
import "./styles/today.css";
import "./styles/overlays.css";
import "./styles/conflict.css";
import "./styles/merge.css";
import "./styles/first.css";
import "./styles/settings.css";
import "./styles/feedback.css";
import "./styles/search.css";
import "./styles/palette.css";
import "./styles/compare.css";
import "./styles/export.css";
import "./styles/add.css";
import "./styles/edit.css";
import "./styles/history.css";
import "./styles/libraries.css";
import "./styles/responsive.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { guardSyllables } from "./editor/syllables";
import { setAway } from "./state/compositions";
import { toastError } from "./state/ui.svelte";
import { fetchView } from "./views/lazy.svelte";

// Whatever goes wrong unseen is said, not swallowed.
addEventListener("unhandledrejection", (event) => toastError(event.reason));
addEventListener("error", (event) => {
  if (event.error) toastError(event.error);
});

if (navigator.userAgent.includes("Linux")) guardSyllables(document, setAway);

// On its way while the backend is asked: most starts show an entry, and all of them sooner or later.
void fetchView("sheet");

const target = document.getElementById("app");
if (!target) throw new Error("index.html has no #app");

export default mount(App, { target });
