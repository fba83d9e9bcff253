// The Write page of a document: its rows, with the page and the facts beside them.
import { learnWhetherBuilt } from "./build";
import { showApproval } from "./approval";
import { blockOf } from "./card-groups";
import { focusedSpot, openCell, startCells } from "./cell";
import { showDocumentHead, startUndoKeys } from "./document-head";
import { el, fill, unseen } from "./dom";
import { startFacts } from "./facts";
import { afterComposition } from "./ime";
import { bindKeys } from "./keys";
import { startMemory } from "./memory";
import { showPagePanel } from "./page";
import { showFindings, startMending } from "./finding-display";
import { closeOutbox, leave, openOutbox } from "./outbox";
import { drawRow, updateRow } from "./rows";
import { startEmptied } from "./emptied";
import { startSaving } from "./saving";
import { startStructure } from "./structure";
import { load, onChange, openDocument } from "./store";
import type { DocumentView, GoTo, Patch } from "./types";
import { t } from "./words";

let stop = (): void => {};

/** Draw the Write page. */
export async function showWrite(main: HTMLElement, name: string): Promise<void> {
  stop();
  main.setAttribute("aria-busy", "true");
  const outline = setTimeout(() => main.append(drawOutline()), 200);
  const view = await load(name).finally(() => {
    clearTimeout(outline);
    main.querySelector(".outline")?.remove();
    main.removeAttribute("aria-busy");
  });
  const blocks = el("ol", { class: "blocks" });
  fill(main, el("h2", { class: "unseen" }, t("The words, block by block")), drawHeads(view), blocks);
  const aside = el("aside", { class: "aside", "aria-label": t("Page and facts"), id: "aside", hidden: true });
  const editor = el("div", { class: "editor" });
  main.replaceWith(editor);
  editor.append(main, aside);
  main.style.setProperty("--columns", columns(view));
  main.style.setProperty("--narrow-columns", columns({ ...view, languages: view.languages.filter((language) => !language.derived_from) }));
  main.classList.toggle("large", view.large);
  blocks.append(...view.rows.map((row) => drawRow(row, view)));
  drawSwitches(main, view);
  showDocumentHead(view);
  startFocus(blocks);
  startUndoKeys();
  startFacts(aside);
  let isReadOnly = view.read_only !== null;
  stop = onChange((changed, patch) => afterComposition(() => {
    if (!blocks.isConnected) return stop();
    const isSwitched = isReadOnly !== (changed.read_only !== null);
    isReadOnly = changed.read_only !== null;
    showDocumentHead(changed);
    if (isSwitched) for (const block of blocks.querySelectorAll(":scope > .block")) block.remove();
    showPatch(blocks, changed, patch);
    showFindings();
    showApproval();
    if (patch?.go_to) goTo(patch.go_to);
  }));
  showPagePanel(aside, view, goTo);
  void learnWhetherBuilt(name).then(() => {
    const open = openDocument(); // the page may have been left
    if (open?.document === name) showDocumentHead(open);
  });
  await startWriting(blocks);
  startMending();
  startMemory(blocks);
  showApproval();
  const asked = new URLSearchParams(location.search);
  const place = asked.get("place");
  if (place) goTo({ place, lang: asked.get("lang") ?? "" });
  else if (asked.has("row")) goTo({ row: asked.get("row") ?? "" });
}

/** Let people write in the cells, and keep and send what they write. */
async function startWriting(blocks: HTMLElement): Promise<void> {
  startSaving();
  startCells(blocks);
  startStructure(blocks);
  startEmptied();
  blocks.addEventListener("focusout", (event) => {
    const host = (event.target as Element).closest<HTMLElement>("[data-place][data-lang]");
    if (host && !host.contains(event.relatedTarget as Node | null)) leave(host.dataset["place"] ?? "", host.dataset["lang"] ?? "");
  });
  closeOutbox();
  await openOutbox();
}

/** Put the caret into the text that a link, a finding or an undone step names. */
function goTo(target: GoTo): void {
  if ("fact" in target) {
    document.dispatchEvent(new CustomEvent("go-to-fact", { detail: target.fact }));
    return;
  }
  const host = "row" in target ? blockOf(target.row)?.querySelector<HTMLElement>("[data-place][data-lang]")
    : hosts().find(({ dataset }) => dataset["place"] === target.place && dataset["lang"] === target.lang);
  if (!host) return;
  host.closest<HTMLElement>(".block")!.hidden = false;
  host.scrollIntoView({ block: "nearest" });
  focusHost(host);
}

function showPatch(blocks: HTMLElement, view: DocumentView, patch: Patch | null): void {
  const drawn = new Map([...blocks.querySelectorAll<HTMLElement>(":scope > .block")].map((block) => [block.dataset["row"] ?? "", block]));
  const changed = new Set(patch ? patch.rows.map((row) => row.id) : view.rows.map((row) => row.id));
  const focused = document.activeElement?.closest<HTMLElement>("[data-place][data-lang]");
  const spot = focused && { place: focused.dataset["place"] ?? "", lang: focused.dataset["lang"] ?? "" };
  const at = focusedSpot()?.at ?? "start";
  let before: HTMLElement | null = null;
  for (const row of view.rows) {
    let block = drawn.get(row.id);
    if (block && changed.has(row.id) && !updateRow(block, row, view)) {
      const fresh = drawRow(row, view);
      block.replaceWith(fresh);
      block = fresh;
    }
    block ??= drawRow(row, view);
    drawn.delete(row.id);
    const place: Element | null = before ? before.nextElementSibling : blocks.firstElementChild;
    if (place !== block) blocks.insertBefore(block, place);
    before = block;
  }
  for (const block of drawn.values()) block.remove();
  if (spot && !focused.isConnected) openCell(spot.place, spot.lang, at);
}

/** The names of the languages above their columns. */
export function drawHeads(view: DocumentView): HTMLElement {
  const heads = view.languages.map((language) => {
    const origin = view.languages.find(({ code }) => code === language.derived_from);
    const made = origin ? [" ", t("made from"), " ", el("span", { lang: origin.tag }, origin.name)] : [];
    return el("span", { class: origin ? "derived" : "" }, el("b", { lang: language.tag }, language.name), ...made);
  });
  return el("div", { class: "heads", "aria-hidden": "true" }, el("span"), ...heads);
}

/** The widths of the columns: the first language a little wider, those that are made from others narrower. */
export function columns(view: DocumentView): string {
  return view.languages.map((language, index) => `minmax(0, ${language.derived_from ? 0.82 : index ? 1 : 1.12}fr)`).join(" ");
}

function drawSwitches(main: HTMLElement, view: DocumentView): void {
  const tabs = document.querySelector<HTMLElement>(".tabs");
  if (!tabs) return;
  const rest = tabs.querySelector<HTMLElement>(".rest") ?? el("div", { class: "rest" });
  tabs.append(rest);
  const derived = view.languages.filter((language) => language.derived_from);
  const narrow = derived.length ? switchButton("only-narrow", derived.map((language) => el("span", { lang: language.tag }, language.name)), (on) => main.classList.toggle("with-derived", on)) : null;
  const open = switchButton("", [t("Only what is open")], (on) => main.classList.toggle("only-open", on));
  rest.append(...[narrow, open].filter((button) => button !== null));
}

/** A button that switches something on and off. */
export function switchButton(extra: string, words: (Node | string)[], set: (on: boolean) => void): HTMLElement {
  const button = el("button", {
    class: `button small plain ${extra}`, type: "button", "aria-pressed": "false",
    onclick: () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      set(on);
    },
  }, ...words);
  return button;
}

function startFocus(blocks: HTMLElement): void {
  blocks.addEventListener("focusin", (event) => {
    const block = (event.target as Element).closest(".block");
    for (const other of blocks.querySelectorAll(".block.here")) if (other !== block) other.classList.remove("here");
    block?.classList.add("here");
  });
  bindKeys(
    { keys: "Ctrl+Up", does: "Previous block", act: () => toBlock(-1) },
    { keys: "Ctrl+Down", does: "Next block", act: () => toBlock(1) },
  );
}

let languageThere: string | undefined;
/** Go to the same language of the block before or after; of one without texts, to its button. */
function toBlock(by: 1 | -1): boolean {
  const here = document.querySelector<HTMLElement>(".block.here");
  if (!here?.contains(document.activeElement)) return false;
  languageThere = document.activeElement?.closest<HTMLElement>("[data-lang]")?.dataset["lang"] ?? languageThere;
  const blocks = [...document.querySelectorAll<HTMLElement>(".blocks > .block")].filter((block) => block.offsetParent !== null);
  for (let index = blocks.indexOf(here) + by; blocks[index]; index += by) {
    const cells = [...blocks[index]!.querySelectorAll<HTMLElement>("[data-place][data-lang]")];
    const host = cells.find(({ dataset }) => dataset["lang"] === languageThere) ?? cells[0] ?? blocks[index]!.querySelector<HTMLElement>(".handle");
    if (host) {
      focusHost(host);
      host.scrollIntoView({ block: "nearest" });
      return true;
    }
  }
  return true;
}

function focusHost(host: HTMLElement): void {
  (host.querySelector<HTMLElement>(".cm-content") ?? host).focus();
}

function hosts(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-place][data-lang]")];
}

/** The grey outline of rows while the document is read. */
function drawOutline(): HTMLElement {
  const rows = [1, 3, 2, 4, 2, 3].map((lines) => el("div", { class: "outline-row" }, ...[0, 1, 2].map(() => el("div", {}, ...Array.from({ length: lines }, () => el("i"))))));
  return el("div", { class: "outline" }, unseen(t("The document is being read")), ...rows);
}
