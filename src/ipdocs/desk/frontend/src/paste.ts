// Paste of words from other programs: the desk reads them, and the page asks how they are to stand.
import { call, documentPath, Refused } from "./api";
import { focusedSpot, insertPiece, openCell, type Spot } from "./cell";
import { note, openDialog } from "./dialog";
import { el } from "./dom";
import { PIECE_TYPE } from "./piece";
import { putPictures } from "./put-picture";
import { say } from "./say";
import { cellOf, theDocument } from "./store";
import type { Change, Line, Message, Span } from "./types";
import { isOpen, noteWithUndo, reason, run, standingAt, type Standing } from "./standing";
import { m, t } from "./words";

type Block = { kind: string; name: Message; words: string; value: Record<string, unknown> };
type Pasted = {
  blocks: Block[];
  /** All of it as one text. */
  words: string;
  spans: Span[];
  /** The cells, where it is one table. */
  grid: string[][] | null;
  /** Texts that stand beside those of another language. */
  beside: { places: { place: string; text: string }[]; from: string } | null;
  dropped: Message[];
};

let wordsOnly = false;
document.addEventListener("keydown", (event) => (wordsOnly = event.ctrlKey && event.shiftKey && event.key.toUpperCase() === "V"), true);

/** Take what is more than words of one text; returns false where words are simply put in. */
export function pasteWords(event: ClipboardEvent, spot: Spot): boolean {
  const data = event.clipboardData;
  if (!data || wordsOnly || data.types.includes(PIECE_TYPE)) return false;
  const files = [...data.files].filter((file) => file.type.startsWith("image/"));
  const html = data.getData("text/html");
  const text = data.getData("text/plain");
  if (files.length && !text.trim()) {
    event.preventDefault();
    void putPictures(standingAt(spot)?.row.id ?? null, files);
    return true;
  }
  const hasParts = /<(?:table|li|h[1-6]|dl|blockquote)\b/i.test(html) || /\S[\r\n]+\s*\S/.test(text);
  const hasMarks = /<(?:b|strong|i|em|a|sup|sub)\b|font-weight|font-style/i.test(html);
  if (!hasParts && !hasMarks) return false;
  event.preventDefault();
  void read(spot, html, text);
  return true;
}

async function read(spot: Spot, html: string, text: string): Promise<void> {
  const { place, lang } = spot;
  let pasted: Pasted;
  try {
    pasted = await call<Pasted>("POST", documentPath(theDocument().document, "/paste"), { place, lang, ...(html ? { html } : {}), text });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    note(reason(error));
    return;
  }
  const here = standingAt(spot);
  if (!here) return;
  if (pasted.grid && here.line.row !== undefined) await fillCells(here, pasted.grid);
  else if (pasted.blocks.length === 1 && pasted.blocks[0]?.kind === "paragraph") asText(spot, pasted);
  else if (pasted.blocks.length) askHow(here, pasted);
  else note(t("There are no words in what was copied"));
}

/** Ask whether several paragraphs become blocks, one text, or the words beside another language. */
function askHow(here: Standing, pasted: Pasted): void {
  const choose = (act: () => void) => () => {
    dialog.close();
    act();
  };
  const list = el("ol", { class: "pasted", lang: theDocument().languages.find(({ code }) => code === here.lang)?.tag ?? null },
    ...pasted.blocks.map(({ name, words }) => el("li", {}, el("span", { class: "tag" }, m(name)), " ", words)));
  const other = pasted.beside && theDocument().languages.find(({ code }) => code === pasted.beside?.from);
  const canBeBlocks = here.row.body || here.row.id === "title";
  const dialog = openDialog(t("Paste"), [
    el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t("What was copied") }, list),
    pasted.dropped.length ? el("p", { class: "quiet" }, t("Not taken over: {what}.", { what: pasted.dropped.map(m).join(", ") })) : null,
    el("div", { class: "acts" },
      other ? el("button", { type: "button", class: "button first", onclick: choose(() => void beside(here, pasted)) }, t("Beside the {language}", { language: t(other.english) })) : null,
      canBeBlocks ? el("button", { type: "button", class: other ? "button" : "button first", onclick: choose(() => void asBlocks(here, pasted)) }, t("As blocks")) : null,
      el("button", { type: "button", class: "button", onclick: choose(() => asText(here, pasted)) }, t("As one text")),
      el("button", { type: "button", class: "button", onclick: choose(() => {}) }, t("Cancel"))),
  ]);
  dialog.element.classList.add("wide");
  dialog.element.querySelector<HTMLElement>(".acts button")?.focus();
}

async function asBlocks(here: Standing, pasted: Pasted): Promise<void> {
  const isEmpty = here.row.kind === "paragraph" && here.row.lines.every((line) => Object.values(line.cells).every((cell) => isOpen(cell.lang === here.lang && cell.place === here.place ? here.text : cell.text)));
  const after = here.row.body ? here.row.id : null;
  const changes: Change[] = [{ type: "paste", after, blocks: pasted.blocks.map(({ value }) => value) }];
  if (isEmpty) changes.push({ type: "delete", row: here.row.id });
  if (await run(changes)) noteWithUndo(t("Pasted: {n} blocks", { n: pasted.blocks.length }));
}

async function beside(here: Standing, pasted: Pasted): Promise<void> {
  const changes = (pasted.beside?.places ?? []).map(({ place, text }): Change => ({ type: "text", place, lang: here.lang, before: cellOf(place, here.lang)?.text ?? null, after: text }));
  if (await run(changes)) noteWithUndo(t("Pasted beside: {n} texts", { n: changes.length }));
}

/** Put all of it at the caret. */
function asText({ place, lang, at }: Spot, pasted: Pasted): void {
  const focused = focusedSpot();
  if (focused?.place !== place || focused.lang !== lang) openCell(place, lang, at);
  insertPiece({ text: pasted.words, spans: pasted.spans });
  if (pasted.dropped.length) say(t("Not taken over: {what}.", { what: pasted.dropped.map(m).join(", ") }));
}

/** Fill the cells of a table from the one with the caret; rows that are missing are added. */
async function fillCells(here: Standing, grid: string[][]): Promise<void> {
  const { row, line, lang } = here;
  const lines = row.lines.filter((other) => other.row !== undefined);
  const lastRow = Math.max(...lines.map((other) => (other.row ?? 0) + (other.rowspan ?? 1) - 1));
  const lastCell = lines.filter((other) => other.row === lastRow && other.role === "cell").at(-1);
  const missing = (line.row ?? 0) + grid.length - 1 - lastRow;
  const changes: Change[] = [];
  for (let count = 0; count < missing && lastCell; count += 1) changes.push({ type: "table", place: lastCell.place, action: "row-after" });
  const first = theDocument().languages[0]?.code;
  grid.forEach((cells, down) => cells.forEach((text, right) => {
    const position = { row: (line.row ?? 0) + down, column: (line.column ?? 0) + right };
    const target = lines.find((other) => other.row === position.row && other.column === position.column);
    const isNew = position.row > lastRow;
    if (!text.trim() || (!target && !isNew)) return;
    const place = target?.cells[lang]?.place ?? newPlace(row.id, position);
    const before = target ? valueOf(target, here) : lang === first ? "⟦…⟧" : null;
    if (before !== text) changes.push({ type: "text", place, lang, before, after: text });
  }));
  if (await run(changes)) noteWithUndo(t("The cells were filled"));
}

function valueOf(line: Line, here: Standing): string | null {
  return line.cells[here.lang]?.text ?? null;
}

function newPlace(row: string, position: { row: number; column: number }): string {
  return `${row}.table.rows.${position.row - 1}.${position.column}`;
}
