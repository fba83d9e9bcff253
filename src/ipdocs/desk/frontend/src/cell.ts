// Cells: text until somebody writes in them, then a field. Six fields stay alive; the one used longest ago becomes text again.
import { EditorView, placeholder } from "@codemirror/view";
import { EditorSelection, type Extension } from "@codemirror/state";
import { openChipCard } from "./chip";
import { openWords } from "./chip-element";
import { drawWords } from "./drawing";
import { fieldState, showText, putPiece, type FieldEvents } from "./field";
import { toggleFormat } from "./format";
import { afterComposition, isComposing, startComposing } from "./ime";
import { askToLook, onLook } from "./look";
import type { Written } from "./markup";
import { marksFor, type FindingMark } from "./finding-marks";
import { fileText, pendingText } from "./outbox";
import { setFindings, setSpans, spansIn, writtenIn } from "./spans";
import { cellOf, keyOf, onChange, openDocument } from "./store";
import { forget, remember, takeBackIn } from "./unsent-undo";
import type { Cell, Look } from "./types";
import { typingExtension, type EdgeEvents } from "./typing";

/** Where the caret stands. */
export type Spot = { place: string; lang: string; at: number; text: string };
/** What other parts of the page do for a cell; each returns whether it did something. */
type CellHooks = {
  enter: (spot: Spot) => boolean;
  backspaceAtStart: (spot: Spot) => boolean;
  deleteAtEnd: (spot: Spot) => boolean;
  paste: (event: ClipboardEvent, spot: Spot) => boolean;
  drop: (event: DragEvent, spot: Spot) => boolean;
  footnote: (spot: Spot) => boolean;
  listFacts: (spot: Spot) => boolean;
  openNote: (spot: Spot, note: string) => boolean;
  undo: () => void;
  redo: () => void;
};
export type Caret = number | "start" | "end" | { x: number; y: number };
type Field = { place: string; lang: string; host: HTMLElement; view: EditorView };

const MOST = 6;
const fields = new Map<string, Field>();
const hooks: Partial<CellHooks> = {};
const listeners = new Set<(place: string, lang: string, text: string) => void>();
const makers = new Set<(lang: string, spot: (view: EditorView) => Spot) => Extension>();
let isStarted = false;

/** Let another part of the page answer keys of cells. */
export function setCellHooks(more: Partial<CellHooks>): void {
  Object.assign(hooks, more);
}

/** Call a function at every change of words by a person, outside of compositions. */
export function onText(listener: (place: string, lang: string, text: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Add to what every field can do; called by the modules of the clipboard, chips and the bar. */
export function extendFields(maker: (lang: string, spot: (view: EditorView) => Spot) => Extension): void {
  makers.add(maker);
}

/** Turn the cells of a part of the page into fields when they are clicked or get the focus; called once for a page. */
export function startCells(root: HTMLElement): void {
  root.addEventListener("focusin", (event) => {
    const host = hostOf(event.target);
    if (host && event.target === host) openIn(host, "start");
  });
  root.addEventListener("mousedown", (event) => {
    const host = hostOf(event.target);
    if (!host || event.button || host.dataset.live !== undefined) return;
    event.preventDefault();
    const field = openIn(host, { x: event.clientX, y: event.clientY });
    // The field takes over the press, so that dragging selects from here.
    const { clientX, clientY, detail, button, buttons, shiftKey } = event;
    const pressed = document.elementFromPoint(clientX, clientY);
    const target = pressed && field?.view.contentDOM.contains(pressed) ? pressed : field?.view.contentDOM;
    target?.dispatchEvent(new MouseEvent("mousedown", { clientX, clientY, detail, button, buttons, shiftKey, bubbles: true, cancelable: true }));
  });
  root.addEventListener("dragover", (event) => {
    const host = hostOf(event.target);
    if (host && host.dataset.live === undefined && event.dataTransfer?.types.includes("text/plain")) event.preventDefault();
  });
  root.addEventListener("drop", (event) => {
    const host = hostOf(event.target);
    if (!host || host.dataset.live !== undefined || !event.dataTransfer?.types.includes("text/plain")) return;
    event.preventDefault();
    const { clientX, clientY, ctrlKey, dataTransfer } = event;
    const field = openIn(host, { x: clientX, y: clientY });
    field?.view.contentDOM.dispatchEvent(new DragEvent("drop", { clientX, clientY, ctrlKey, dataTransfer, bubbles: true, cancelable: true }));
  });
  if (isStarted) return;
  isStarted = true;
  startComposing();
  onLook(showLook);
  onChange(() => afterComposition(showDocument));
}

/** Open the field of a cell and put the caret in it; returns whether the page has the cell. */
export function openCell(place: string, lang: string, caret: Caret = "start"): boolean {
  const host = [...document.querySelectorAll<HTMLElement>("[data-place][data-lang]")].find((element) => element.dataset.place === place && element.dataset.lang === lang);
  return Boolean(host && openIn(host, caret));
}

/** The text of a cell as it stands in its field, with its spans, or null where it has no field. */
export function writtenOf(place: string, lang: string): Written | null {
  const field = fields.get(keyOf(place, lang));
  return field ? writtenIn(field.view.state) : null;
}

/** What other parts of the page do for cells. */
export function cellHooks(): Partial<CellHooks> {
  return hooks;
}

/** The cell that the caret is in, with its view; for commands on the words. */
export function focusedField(): { place: string; lang: string; view: EditorView } | null {
  return [...fields.values()].find((field) => field.view.hasFocus) ?? null;
}

/** The place of the caret in the cell that has the focus. */
export function focusedSpot(): Spot | null {
  const field = focusedField();
  return field && spotOf(field.place, field.lang, field.view);
}

/** The place of the caret in a cell that is a field, also when the focus is elsewhere; null where it is none. */
export function spotIn(place: string, lang: string): Spot | null {
  const field = fields.get(keyOf(place, lang));
  return field ? spotOf(place, lang, field.view) : null;
}

/** Take back what was typed in the focused cell and not answered yet; returns false where there is nothing. */
export function takeBack(): boolean {
  const field = focusedField();
  return Boolean(field && !isComposing() && takeBackIn(field.view) && (wordsChanged(field.place, field.lang, field.view), true));
}

/** Put a piece of source text at the caret of the focused cell, such as the expression of a fact. */
export function insertPiece(piece: Written): boolean {
  const field = focusedField();
  if (!field) return false;
  const { from, to } = field.view.state.selection.main;
  putPiece(field.view, from, to, piece, "input.insert");
  return true;
}

/** Mark findings in the words of a cell that is a field. */
export function markFindings(place: string, lang: string, marks: readonly FindingMark[]): void {
  afterComposition(() => fields.get(keyOf(place, lang))?.view.dispatch({ effects: setFindings.of(marks) }));
}

function openIn(host: HTMLElement, caret: Caret): Field | null {
  const { place = "", lang = "" } = host.dataset;
  const key = keyOf(place, lang);
  let field = fields.get(key);
  // A row that is drawn anew has another element for the cell: words that the file does not have yet go along.
  const kept = field && field.host !== host && pendingText(place, lang) !== null ? writtenIn(field.view.state) : null;
  if (field && field.host !== host) closeField(key);
  field = fields.get(key);
  if (!field) {
    const cell = cellOf(place, lang);
    if (!cell || openDocument()?.read_only) return null;
    field = { place, lang, host, view: makeView(host, cell, kept ?? { text: cell.text ?? "", spans: cell.spans }) };
    // Before the view is put in, so that the focus that moves into it does not open it again.
    host.dataset.live = "";
    host.replaceChildren(field.view.dom);
    for (const name of ["role", "tabindex", "aria-multiline"]) host.removeAttribute(name);
  }
  fields.delete(key);
  fields.set(key, field);
  const { view } = field;
  const at = typeof caret === "number" ? Math.min(caret, view.state.doc.length)
    : caret === "start" ? 0
    : caret === "end" ? view.state.doc.length
    : view.posAtCoords(caret, false);
  view.focus();
  view.dispatch({ selection: EditorSelection.cursor(at), userEvent: "select" });
  closeOldest();
  return field;
}

function makeView(host: HTMLElement, cell: Cell, written: Written): EditorView {
  const { place, lang } = cell;
  const changed: FieldEvents["changed"] = (view, before) => {
    remember(view, before, before.text.length < view.state.doc.length ? "typed" : "erased");
    wordsChanged(place, lang, view);
  };
  const spot = (view: EditorView) => spotOf(place, lang, view);
  const events: EdgeEvents & FieldEvents = {
    changed,
    enter: (view) => hooks.enter?.(spot(view)) ?? false,
    backspaceAtStart: (view) => hooks.backspaceAtStart?.(spot(view)) ?? false,
    deleteAtEnd: (view) => hooks.deleteAtEnd?.(spot(view)) ?? false,
    wantsFact: (view) => void hooks.listFacts?.(spot(view)),
    openChip: (view, span) => (span.kind === "note" ? void hooks.openNote?.(spot(view), span.name ?? "") : openChipCard(view, lang, span)),
    takeBack: () => void (takeBack() || hooks.undo?.()),
    redo: () => hooks.redo?.(),
    format: toggleFormat,
  };
  const more = [
    typingExtension(events),
    placeholder(() => openWords(host.dataset.open ?? "…")),
    EditorView.cspNonce.of(document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? ""),
    EditorView.contentAttributes.of({
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": host.getAttribute("aria-label") ?? "",
      ...(host.getAttribute("aria-describedby") ? { "aria-describedby": host.getAttribute("aria-describedby") ?? "" } : {}),
      lang: host.lang,
      spellcheck: "true",
      autocorrect: "off",
      autocapitalize: "off",
      writingsuggestions: "false",
      translate: "no",
      "data-open": host.dataset.open ?? "",
    }),
    ...[...makers].map((maker) => maker(lang, spot)),
  ];
  const view = new EditorView({ state: fieldState(written.text, written.spans, events, more) });
  view.dispatch({ effects: setFindings.of(marksFor(place, lang)) });
  return view;
}

function wordsChanged(place: string, lang: string, view: EditorView): void {
  const text = view.state.doc.toString();
  for (const listener of listeners) listener(place, lang, text);
  askToLook(place, lang, text);
}

/** An answer about a text draws its chips, unless the text is newer. */
function showLook(look: Look, text: string): void {
  const view = fields.get(keyOf(look.place, look.lang))?.view;
  if (!view || view.composing || view.state.doc.toString() !== text) return;
  const before = JSON.stringify(spansIn(view.state));
  if (before !== JSON.stringify(look.spans)) view.dispatch({ effects: setSpans.of(look.spans) });
}

/** The document changed: fields without unsent words show what the file says. */
function showDocument(): void {
  for (const [key, { place, lang, host, view }] of fields) {
    const cell = cellOf(place, lang);
    if (!cell || !host.isConnected) closeField(key);
    else if (!view.composing) showCell(view, cell);
  }
}

function showCell(view: EditorView, cell: Cell): void {
  const text = cell.text ?? "";
  const now = view.state.doc.toString();
  if (now === text || now.trimEnd() === text) view.dispatch({ effects: setSpans.of(cell.spans) });
  else if (pendingText(cell.place, cell.lang) === null && !(view.hasFocus && fileText(now, text) === text)) showText(view, { text, spans: cell.spans });
  forget(view, text);
}

function closeOldest(): void {
  for (const [key, field] of fields) {
    if (fields.size <= MOST) return;
    if (!field.view.hasFocus && !field.view.composing) closeField(key);
  }
}

function closeField(key: string): void {
  const field = fields.get(key);
  if (!field) return;
  fields.delete(key);
  const { host, view } = field;
  const written = writtenIn(view.state);
  view.destroy();
  delete host.dataset.live;
  host.setAttribute("role", "textbox");
  host.setAttribute("tabindex", "0");
  host.setAttribute("aria-multiline", "true");
  host.replaceChildren(...drawWords(written, host.dataset.open ?? "", marksFor(field.place, field.lang)));
}

function hostOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-place][data-lang]") : null;
}

function spotOf(place: string, lang: string, view: EditorView): Spot {
  return { place, lang, at: view.state.selection.main.head, text: view.state.doc.toString() };
}

