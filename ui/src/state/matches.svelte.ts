// The places of a search in what is open: the entry on the sheet, or the post that is shown whole.

import { tick } from "svelte";
import { announce } from "../a11y/announce.svelte";
import { t } from "../i18n";
import type { HitView, Part } from "../ipc/client";
import * as ipc from "../ipc/client";
import { fetchView } from "../views/lazy.svelte";
import { current } from "./entry.svelte";
import { reading } from "./reading.svelte";
import { toastError, ui } from "./ui.svelte";

/** A place that matches. */
export interface Place {
  readonly id: number;
  readonly part: Part;
  /** Which of the model answer's versions, or of the sections, from 0. */
  readonly nth: number;
  /** UTF-16 `[start, end)` in the part's source. */
  readonly range: readonly [number, number];
}

/** What was searched for. */
export interface Asked {
  readonly query: string;
  /** Ids of the interpretations that were undone. */
  readonly refused: readonly string[];
}

interface Matches extends Asked {
  /** The entry they are in; none for a post. */
  entry: string | null;
  post: string | null;
  places: readonly Place[];
  /** Id of the one that is gone to; none before the first. */
  at: number | null;
}

const nothing: Matches = { query: "", refused: [], entry: null, post: null, places: [], at: null };

export const matches = $state<Matches>({ ...nothing });

/** The part's source as it is now, or none if there is no such part. */
function sourceOf(part: Part, nth: number): string | undefined {
  if (matches.entry === null) return reading.page?.sections[nth]?.text;
  const entry = current.page?.entry;
  if (part === "question") return entry?.question;
  if (part === "answer") return current.text;
  if (part === "hint") return entry?.hint ?? undefined;
  if (part === "model_answer") return entry?.model_answer.variants[nth]?.text;
  return entry?.sections[nth]?.text;
}

/** Whether what was found is in what is shown now. */
export function matchesShown(): boolean {
  if (matches.places.length === 0) return false;
  if (matches.entry === null) return ui.view === "post" && reading.page?.path === matches.post;
  return ui.view === "entry" && current.page?.entry.id === matches.entry;
}

/** Recall before reading: what a closed model answer holds is counted, and gone to when it is open. */
function closed({ part }: Place): boolean {
  return part === "model_answer" && matches.entry !== null && !current.modelOpen;
}

/** The places that can be gone to. */
export function openPlaces(): readonly Place[] {
  return matches.places.filter((place) => !closed(place));
}

/** How many places the closed model answer holds. */
export const closedPlaces = () => matches.places.length - openPlaces().length;

/** The marks of a part; none where nothing is marked. */
export function marksOf(part: Part, nth = 0): readonly Place[] {
  if (!matchesShown()) return [];
  return matches.places.filter((place) => place.part === part && place.nth === nth);
}

let lastAsked = 0;

/** The revision of the post in which matches were looked for last. */
let seen: string | undefined;
const revision = () => (ui.view === "post" ? reading.page : current.page)?.revision;

function ask({ query, refused, entry, post }: Asked & Pick<Matches, "entry" | "post">) {
  const answer = entry === null ? null : current.text;
  return ipc.findMatches({ query, refused: [...refused], entry, answer, post, line: null });
}

/** The post changed, by a save or by others: looks for the matches anew, and stays at the same one. */
export async function findAgain(): Promise<void> {
  if (!matchesShown() || seen === revision()) return;
  seen = revision();
  const turn = ++lastAsked;
  const text = current.text;
  // What is known stays until something else is.
  const found = await ask(matches).catch(() => null);
  if (!found || turn !== lastAsked || text !== current.text) return;
  const here = matches.places.find(({ id }) => id === matches.at);
  const places = found.map((one, id) => ({ ...one, id }));
  const own = places.filter(({ part, nth }) => part === here?.part && nth === here.nth);
  const far = ({ range }: Place) => Math.abs(range[0] - (here?.range[0] ?? 0));
  matches.places = places;
  matches.at = own.sort((a, b) => far(a) - far(b))[0]?.id ?? null;
}

/** Marks what a search found in the entry or post that was just opened, and goes to the hit. */
export async function showMatches(asked: Asked, hit: HitView): Promise<void> {
  const turn = ++lastAsked;
  const { query, refused } = asked;
  seen = revision();
  const found = await ask({ query, refused, entry: hit.entry, post: hit.path }).catch(toastError);
  if (!Array.isArray(found) || turn !== lastAsked) return;
  const places = found.map((one, id) => ({ ...one, id }));
  Object.assign(matches, { query, refused, entry: hit.entry, post: hit.path, places, at: null });
  const first = placeOf(hit);
  if (!first) return;
  // Choosing a hit of the model answer opens it, as choosing it anywhere else does.
  if (first.part === "model_answer") current.modelOpen = true;
  await goTo(first);
}

/** The place a hit shows: the first of its part that stands in its snippet. */
function placeOf({ part, snippet }: HitView): Place | undefined {
  const own = matches.places.filter((place) => place.part === part);
  const shown = letters(snippet);
  const around = ({ nth, range: [from, to] }: Place) =>
    letters(sourceOf(part, nth)?.slice(Math.max(0, from - 8), to + 8) ?? "");
  return own.find((place) => shown.includes(around(place))) ?? own[0] ?? openPlaces()[0];
}

const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, "");

/** Shows a range of the answer; given by its editor. */
let goInEditor: (place: Place) => void = () => {};

export function connectMatches(go: typeof goInEditor): void {
  goInEditor = go;
}

async function goTo(place: Place): Promise<void> {
  matches.at = place.id;
  if (place.part === "hint") current.hintOpen = true;
  if (place.part === "model_answer") {
    ui.pane = true;
    ui.paneTab = "model";
    current.audience = place.nth;
    await fetchView("pane");
  }
  await tick();
  const inEditor = matches.entry !== null && place.part === "answer";
  const mark = markAsCurrent(inEditor ? null : place.id);
  if (inEditor) goInEditor(place);
  else mark?.scrollIntoView({ block: "center", behavior: "instant" });
  const all = openPlaces();
  const number = all.indexOf(place) + 1;
  const text = sourceOf(place.part, place.nth)?.slice(
    Math.max(0, place.range[0] - 20),
    place.range[1] + 20,
  );
  const part = t(`search.part.${place.part}`);
  announce(t("matches.announce", { number, count: all.length, part, text: text ?? "" }));
}

/** Sets the mark of a match in rendered text apart from the others, and returns its beginning. */
function markAsCurrent(id: number | null): HTMLElement | undefined {
  const marks = [...document.querySelectorAll<HTMLElement>(".app mark[data-match]")];
  for (const mark of marks) mark.classList.toggle("is-current", mark.dataset.match === `${id}`);
  return marks.find((mark) => mark.dataset.match === `${id}`);
}

/** Goes to the next match (`1`) or the one before (`-1`), round the ends. */
export function stepMatch(step: 1 | -1): boolean {
  if (!matchesShown()) return false;
  const all = openPlaces();
  const here = all.findIndex(({ id }) => id === matches.at);
  const next = here < 0 ? all[step === 1 ? 0 : all.length - 1] : all.at((here + step) % all.length);
  if (next) void goTo(next);
  return true;
}

/** Takes the marks away. Returns whether there were any to be seen. */
export function clearMatches(): boolean {
  const shown = matchesShown();
  lastAsked++;
  Object.assign(matches, nothing);
  return shown;
}

/** The answer was edited: its matches are where the editor says, and those that are gone are gone. */
export function answerMoved(all: readonly { id: number; from: number; to: number }[]): void {
  matches.places = matches.places.flatMap((place) => {
    if (place.part !== "answer") return [place];
    const now = all.find(({ id }) => id === place.id);
    return now ? [{ ...place, range: [now.from, now.to] as const }] : [];
  });
}
