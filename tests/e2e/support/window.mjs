// One scenario: a fresh notebook, a fresh home of the program, and its window under a driver.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Builder, By, Capabilities, Key } from "selenium-webdriver";
import * as desktop from "./desktop.mjs";
import { Notebook } from "./notebook.mjs";

/** Most milliseconds that anything may take to show; waits end as soon as it does. */
const patience = 20_000;

/** Most milliseconds for the whole of a scenario. */
const limit = 120_000;

/** Drivers that run; each is the head of a group with its window in it. */
const running = new Set();
process.on("exit", () => {
  for (const pid of running) process.kill(-pid, "SIGKILL");
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));

/** `work`, or an error if it takes longer than `ms` milliseconds. */
async function within(ms, what, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** @typedef {{ env?: Record<string, string>, settings?: object, folder?: boolean, posts?: Record<string, string>, program?: string, skip?: string | false }} Options */

/** A port that nobody listens on. */
async function freePort() {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

export class Window {
  /**
   * Opens the window.
   *
   * @param {Options} options `env`: for the window; `settings`: of the user, over Korean;
   *   `folder`: false starts without a notebook; `posts`: more posts in it, by file name;
   *   `program`: what is run instead of the window, which it runs itself; `skip`: why the scenario
   *   cannot be played here
   */
  static async open({ env = {}, settings = {}, folder = true, posts = {}, program } = {}) {
    const window = new Window();
    try {
      await within(
        3 * patience,
        "opening the window",
        window.#start(env, settings, folder, posts, program),
      );
    } catch (error) {
      await window.evidence("the window did not open");
      await window.close();
      throw error;
    }
    return window;
  }

  async #start(env, settings, folder, posts, program) {
    this.work = mkdtempSync(join(tmpdir(), "scenario-"));
    this.notebook = new Notebook(join(this.work, "notebook"));
    for (const [name, text] of Object.entries(posts)) this.notebook.add(name, text);
    this.home = join(this.work, "dapanji");
    mkdirSync(join(this.home, "config"), { recursive: true });
    writeFileSync(
      join(this.home, "config", "settings.json"),
      JSON.stringify({ settings: { language: "ko", motion: "reduced", ...settings } }),
    );
    this.log = join(this.work, "window.log");
    this.options = { env, folder, program };
    await this.#launch();
  }

  /** Starts the program with its driver, and waits for the window. */
  async #launch() {
    const { env, folder, program } = this.options;
    const [port, native] = [await freePort(), await freePort()];
    const log = openSync(this.log, "a");
    this.process = spawn(
      process.env.TAURI_DRIVER ?? "tauri-driver",
      ["--port", String(port), "--native-port", String(native)],
      {
        env: { ...process.env, DAPANJI_HOME: this.home, ...env },
        stdio: ["ignore", log, log],
        // A group of its own, so that the window goes with its driver.
        detached: true,
      },
    );
    running.add(this.process.pid);
    await this.#listening(port);
    const options = {
      application: program ?? process.env.DAPANJI_WINDOW,
      args: folder ? [this.notebook.folder] : [],
    };
    const capabilities = new Capabilities();
    capabilities.set("tauri:options", options);
    capabilities.setBrowserName("wry");
    this.driver = await new Builder()
      .disableEnvironmentOverrides()
      .usingServer(`http://127.0.0.1:${port}/`)
      .withCapabilities(capabilities)
      .build();
    await this.find(folder ? "opened" : "first");
    const name = /dapanji-window/i;
    const found = await this.until("the window is on the screen", async () => {
      const all = await desktop.windows(name.source);
      return all.length > 0 && all;
    });
    this.id = found[found.length - 1];
    await desktop.activate(this.id);
  }

  async #listening(port) {
    const end = Date.now() + patience;
    for (;;) {
      try {
        await fetch(`http://127.0.0.1:${port}/status`, { signal: AbortSignal.timeout(patience) });
        return;
      } catch (error) {
        if (Date.now() > end || this.process.exitCode !== null) {
          throw new Error(`no driver listens: ${readFileSync(this.log, "utf8")}`, { cause: error });
        }
      }
    }
  }

  /**
   * Waits until `condition` gives something true, and returns it. Errors count as not yet.
   *
   * @template T
   * @param {string} what
   * @param {() => Promise<T> | T} condition
   */
  async until(what, condition) {
    let last;
    const attempt = async () => {
      try {
        return await condition();
      } catch (error) {
        last = error;
        return false;
      }
    };
    try {
      return await this.driver.wait(attempt, patience, undefined, 40);
    } catch (error) {
      throw new Error(`not seen: ${what}${last ? ` (${last.message})` : ""}`, { cause: error });
    }
  }

  /** The element with a test id, as soon as it shows. `more` narrows it down, as CSS. */
  find(id, more = "") {
    const at = By.css(`[data-testid="${id}"]${more}`);
    return this.until(`${id}${more}`, async () => {
      const [element] = await this.driver.findElements(at);
      return element && (await element.isDisplayed()) && element;
    });
  }

  all(id, more = "") {
    return this.driver.findElements(By.css(`[data-testid="${id}"]${more}`));
  }

  /** Clicks what can be clicked: one that is disabled for the moment, or comes anew, is waited for. */
  async click(id, more = "") {
    await this.until(`${id}${more} to click`, async () => {
      const element = await this.find(id, more);
      if (!(await element.isEnabled())) return false;
      await element.click();
      return true;
    });
  }

  /** Waits until no element with the test id is left. */
  gone(id) {
    return this.until(`no ${id}`, async () => (await this.all(id)).length === 0);
  }

  /** Sends keys to whatever has the focus in the page. */
  async keys(...keys) {
    await this.driver
      .actions()
      .sendKeys(...keys)
      .perform();
  }

  /** Presses a shortcut: `shortcut("f", Key.CONTROL, Key.SHIFT)`. */
  async shortcut(key, ...modifiers) {
    const actions = this.driver.actions();
    for (const modifier of modifiers) actions.keyDown(modifier);
    actions.sendKeys(key);
    for (const modifier of modifiers.reverse()) actions.keyUp(modifier);
    await actions.perform();
  }

  /** The text of an element, its white space as written. */
  text(element) {
    return this.driver.executeScript("return arguments[0].innerText", element);
  }

  /** The answer as it stands in the editor. */
  editorText() {
    return this.linesOf('.sheet [data-testid="editor"]');
  }

  /** The text in an editor, given as CSS. */
  linesOf(editor) {
    return this.driver.executeScript(
      `
      const lines = document.querySelectorAll(arguments[0] + " .cm-line");
      return [...lines].map((line) => line.textContent).join("\\n");`,
      editor,
    );
  }

  /** Presses the button of the notice that says `words`. */
  async act(words) {
    const notice = await this.until(`a notice of ${words}`, async () => {
      for (const one of await this.all("toast")) {
        if ((await this.text(one)).includes(words)) return one;
      }
      return false;
    });
    await this.driver.executeScript("arguments[0].querySelector('button').click()", notice);
  }

  /** In a narrow window the list of days lies folded. */
  async showList() {
    const unfold = await this.until("the list or its button", async () => {
      for (const id of ["day-list", "rail-list"]) {
        const [found] = await this.all(id);
        if (found && (await found.isDisplayed())) return { id, found };
      }
      return false;
    });
    if (unfold.id === "rail-list") await unfold.found.click();
    await this.find("day-list");
  }

  /** Opens the entry of the day list whose row has the topic. */
  async openTopic(topic) {
    await this.showList();
    const row = await this.until(`a row with ${topic}`, async () => {
      for (const row of await this.all("entry-row")) {
        if ((await this.text(row)).includes(topic)) return row;
      }
      return false;
    });
    // A notice may lie over the end of a low list.
    await this.driver.executeScript("arguments[0].scrollIntoView({ block: 'center' })", row);
    await row.click();
    const id = await row.getAttribute("data-entry");
    await this.until(`${topic} is on the sheet`, async () => {
      const chosen = await this.driver.findElement(
        By.css('[data-testid="entry-row"][aria-selected="true"]'),
      );
      return (
        (await chosen.getAttribute("data-entry")) === id && (await this.all("editor")).length > 0
      );
    });
    const question = await this.find("question");
    const post = this.notebook.questions();
    return this.until(`the question of ${topic}`, async () => {
      const text = await this.text(question);
      return post.includes(text) && text;
    });
  }

  /** Waits until the save state says `state`. */
  state(state) {
    return this.find("save-state", `[data-state="${state}"]`);
  }

  /** Clicks into the middle of an element with the mouse of the desktop. */
  async point(element) {
    const rect = await this.driver.executeScript(
      "const r = arguments[0].getBoundingClientRect(); return [r.x + r.width / 2, r.y + Math.min(r.height / 2, 40)]",
      element,
    );
    const { x, y } = await desktop.place(this.id);
    await desktop.clickAt(x + rect[0], y + rect[1]);
  }

  /** A window of the program other than the main one, such as a dialog of the system. */
  dialog() {
    return this.until("a dialog of the system", async () => {
      const other = (await desktop.windows("dapanji-window")).filter((id) => id !== this.id);
      return other.length > 0 && other[other.length - 1];
    });
  }

  /** Keeps what helps to understand a failure. */
  async evidence(name) {
    const out = process.env.DAPANJI_E2E_OUT ?? mkdtempSync(join(tmpdir(), "dapanji-e2e-out-"));
    const base = join(out, name.replace(/[^\p{L}\p{N}]+/gu, "-"));
    if (this.log) writeFileSync(`${base}.log`, readFileSync(this.log));
    try {
      const picture = await within(patience, "a picture", this.driver?.takeScreenshot());
      if (picture) writeFileSync(`${base}.png`, picture, "base64");
    } catch (error) {
      console.error(`no picture: ${error}`);
    }
    // The page's picture has no dialogs of the system in it; the screen's has, where it can be taken.
    await desktop.output("import", "-window", "root", `${base}.screen.png`).catch(() => {});
    console.error(`kept: ${base}.*`);
  }

  /** Ends the program as a power cut would: with SIGKILL, whatever it is doing. */
  async crash() {
    await this.#kill();
  }

  /** Starts the program once more, on the same notebook and with what it has kept. */
  async startAgain() {
    await within(3 * patience, "opening the window once more", this.#launch());
  }

  async close() {
    await within(patience, "closing", this.driver?.quit()).catch(() => {});
    await this.#kill();
    if (this.work) rmSync(this.work, { recursive: true, force: true, maxRetries: 5 });
  }

  async #kill() {
    const pid = this.process?.pid;
    if (pid) {
      const ended = this.process.exitCode ?? this.process.signalCode ?? once(this.process, "exit");
      try {
        process.kill(-pid, "SIGKILL");
      } catch (error) {
        if (error.code !== "ESRCH") throw error;
      }
      await ended;
      running.delete(pid);
    }
  }
}

/**
 * A test with a window of its own.
 *
 * @param {string} name
 * @param {(window: Window) => Promise<void>} steps
 * @param {Options} [options]
 */
export function scenario(name, steps, options = {}) {
  test(name, { timeout: 2 * limit, skip: options.skip }, async () => {
    const window = await Window.open(options);
    try {
      await within(limit, name, steps(window));
    } catch (error) {
      await window.evidence(name);
      throw error;
    } finally {
      await window.close();
    }
  });
}

export { By, Key };
