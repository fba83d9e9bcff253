// What Enter, Backspace and Delete do at the edges of a text, and the key for a footnote.
import type { Spot } from "./cell";
import { offerSplit } from "./split-too";
import type { Change, Line, Row } from "./types";
import { bodyRows, entriesOf, entryOf, firstCell, isOpen, newRow, orderNow, run, standingAt, type Standing } from "./standing";
import { say } from "./say";
import { cellOf, openDocument } from "./store";
import { t } from "./words";

/** Enter begins a new paragraph or item, or splits the text. */
export function enter(spot: Spot): boolean {
  const here = standingAt(spot);
  if (!here || openDocument()?.read_only) return true;
  const { row, line } = here;
  if (!row.body) return goDown(here);
  switch (line.role) {
    case "item":
      return enterInItem(here);
    case "intro":
      if (isAtEnd(here)) void insertItem(here, `${row.id}.list.items`, 0);
      return true;
    case "term":
      return goDown(here);
    case "definition": {
      const entry = entryOf(spot.place);
      if (entry && isAtEnd(here)) void insertItem(here, entry.list, entry.index + 1);
      return true;
    }
    case "text":
      return row.kind === "quotation" ? enterInItem(here) : enterInBlock(here);
    case "cell":
    case "head":
      return goDown(here);
    default:
      return true;
  }
}

function enterInBlock(here: Standing): boolean {
  const { row, lang, text } = here;
  const kind = row.kind === "heading" ? "paragraph" : row.kind;
  if (!["paragraph", "decision", "post-meeting-note"].includes(kind)) return true;
  if (isAtEnd(here)) {
    void insertAfter(row.id, kind, lang);
    say(t("New paragraph"));
  } else if (isAtStart(here)) void insertAfter(rowBefore(row)?.id ?? null, kind, lang, false);
  else void split(here, text);
  return true;
}

function enterInItem(here: Standing): boolean {
  const entry = entryOf(here.place);
  if (!entry) return true;
  const isEmpty = Object.values(here.line.cells).every((cell) => isOpen(cell.lang === here.lang ? here.text : cell.text));
  if (isEmpty) endList(here);
  else if (isAtEnd(here)) {
    void insertItem(here, entry.list, entry.index + 1);
    say(t("New item"));
  } else if (isAtStart(here)) void insertItem(here, entry.list, entry.index);
  else void split(here, here.text);
  return true;
}

/** Enter on an empty item: an inner one moves out, one of the first level ends the list and becomes a paragraph. */
function endList(here: Standing): void {
  const { row, place, lang } = here;
  if (here.line.level > 1) {
    void run([{ type: "level", place, by: -1 }], () => lastEmptyItem(row.id, lang));
    return;
  }
  const before = orderNow();
  const change: Change = row.kind === "list" ? { type: "end-list", place } : { type: "delete-item", place };
  const changes: Change[] = row.kind === "list" ? [change] : [change, { type: "insert", after: row.id, kind: "paragraph" }];
  void run(changes, (patch) => firstCell(newRow(patch, before), lang));
  say(row.kind === "list" ? t("The list ends here") : t("The quotation ends here"));
}

/** The item without words that has just moved. */
function lastEmptyItem(id: string, lang: string): { place: string; lang: string } | null {
  const row = openDocument()?.rows.find((other) => other.id === id);
  const line = row?.lines.find((other) => other.role === "item" && Object.values(other.cells).every((cell) => isOpen(cell.text)));
  const cell = line?.cells[lang];
  return cell ? { place: cell.place, lang } : null;
}

async function insertItem(here: Standing, list: string, index: number): Promise<void> {
  await run([{ type: "insert-item", place: list, index, texts: {} }], () => {
    const row = openDocument()?.rows.find((other) => other.id === here.row.id);
    const line = row?.lines.find((other) => entryOf(other.place)?.list === list && entryOf(other.place)?.index === index);
    const cell = line?.cells[here.lang];
    return cell ? { place: cell.place, lang: here.lang } : null;
  });
}

/** Put a block in after a row; the caret goes into it. */
export async function insertAfter(after: string | null, kind: string, lang: string, follow = true, value?: unknown): Promise<Row | null> {
  const before = orderNow();
  const patch = await run([{ type: "insert", after, kind, ...(value === undefined ? {} : { value }) }], (made) => (follow ? firstCell(newRow(made, before), lang) : null));
  return patch && newRow(patch, before);
}

async function split(here: Standing, text: string): Promise<void> {
  const { place, lang, at, row } = here;
  const index = row.lines.findIndex((line) => line.place === here.line.place);
  const before = orderNow();
  const patch = await run([{ type: "split", place, lang, at, before: text }], () => {
    const next = secondPart(row, index, before);
    return next ? { place: next.cells[lang]?.place ?? next.place, lang } : null;
  });
  if (patch) offerSplit(row.id, place, lang);
}

/** The line with the second part of a text that was split. */
function secondPart(row: Row, index: number, before: readonly string[]): Line | null {
  const rows = bodyRows();
  const now = rows.find((other) => other.id === row.id);
  const isItem = row.kind === "list" || row.kind === "quotation";
  if (isItem) return now?.lines[index + 1] ?? null;
  const next = rows[rows.findIndex((other) => other.id === row.id) + 1];
  return next && (!before.includes(next.id) || next.lines.length > 0) ? next.lines[0] ?? null : null;
}

/** Backspace at the start joins a text with the one before it, in all languages. */
export function backspace(spot: Spot): boolean {
  const here = standingAt(spot);
  if (!here || !here.row.body || openDocument()?.read_only) return false;
  const { row, line, lang } = here;
  const isEmpty = Object.values(line.cells).every((cell) => isOpen(cell.lang === lang ? here.text : cell.text));
  if (line.role === "item" || row.kind === "quotation") return backspaceInItem(here, isEmpty);
  if (line.role !== "text") return false;
  const before = rowBefore(row);
  if (isEmpty) void run([{ type: "delete", row: row.id }], () => endOf(before, lang));
  else if (before?.body) void join(here.place, before, lang);
  return true;
}

function backspaceInItem(here: Standing, isEmpty: boolean): boolean {
  const { place, lang, row } = here;
  const entry = entryOf(place);
  if (!entry) return false;
  const entries = entriesOf(row, entry.list);
  const before = entry.index > 0 ? entries[entry.index - 1] : undefined;
  if (isEmpty && (before || entries.length > 1)) {
    void run([{ type: "delete-item", place }], () => (before ? endOfPlace(before, lang) : null));
  } else if (isEmpty) {
    const above = rowBefore(row);
    void run([{ type: "delete-item", place }], () => (here.line.level > 1 ? null : endOf(above, lang)));
  } else if (before) {
    const at = cellOf(before, lang)?.text?.length ?? 0;
    void run([{ type: "join", place }], () => ({ place: before, lang, at }));
    say(t("Joined with the item before, in all languages"));
  } else if (here.line.level > 1) void run([{ type: "level", place, by: -1 }]);
  else if (entries.length === 1 && row.can.includes("paragraph"))
    void run([{ type: "kind", row: row.id, kind: "paragraph" }], () => firstCell(openDocument()?.rows.find((other) => other.id === row.id) ?? null, lang));
  return true;
}

async function join(place: string, before: Row, lang: string): Promise<void> {
  const cell = before.lines.at(-1)?.cells[lang];
  const at = cell?.text?.length ?? 0;
  const patch = await run([{ type: "join", place }], () => (cell ? { place: cell.place, lang, at } : null));
  if (patch) say(t("Joined with the text before, in all languages"));
}

/** Delete at the end joins a text with the one after it, in all languages. */
export function deleteAtEnd(spot: Spot): boolean {
  const here = standingAt(spot);
  if (!here || !here.row.body || openDocument()?.read_only) return false;
  const { row, place, lang, text } = here;
  const entry = entryOf(place);
  if (entry && (row.kind === "list" || row.kind === "quotation")) {
    const next = entriesOf(row, entry.list)[entry.index + 1];
    if (next) void run([{ type: "join", place: next }], () => ({ place, lang, at: text.length }));
    return true;
  }
  const rows = bodyRows();
  const next = rows[rows.findIndex((other) => other.id === row.id) + 1];
  const first = next?.lines[0];
  if (first && here.line.role === "text") void run([{ type: "join", place: first.place }], () => ({ place, lang, at: text.length }));
  return true;
}

/** Ctrl+Alt+F: a footnote at the caret; its text opens below. */
export function footnote(spot: Spot): boolean {
  const here = standingAt(spot);
  if (!here || openDocument()?.read_only || here.row.kind === "footnotes") return false;
  const known = notePlaces();
  void run([{ type: "note", place: spot.place, lang: spot.lang, at: spot.at, texts: {} }], () => {
    const place = notePlaces().find((other) => !known.includes(other));
    return place ? { place, lang: spot.lang } : null;
  });
  return true;
}

function notePlaces(): string[] {
  return (openDocument()?.rows ?? []).flatMap((row) => row.lines.filter((line) => line.role === "note").map((line) => line.place));
}

/** Whether the caret stands after the last words. */
function isAtEnd({ at, text }: Standing): boolean {
  return isOpen(text) || text.slice(at).replace(/[*~^⟧]|\]\([^)]*\)/g, "").trim() === "";
}

/** Whether the caret stands before the first words. */
function isAtStart({ at, text }: Standing): boolean {
  return text.slice(0, at).replace(/⟦draft: [^⟧]*⟧/, "").replace(/[*[~^⟦]/g, "").trim() === "";
}

/** Go to the text below in the same language. */
function goDown(here: Standing): boolean {
  const cells = [...document.querySelectorAll<HTMLElement>("[data-place][data-lang]")].filter(({ dataset }) => dataset["lang"] === here.lang);
  const index = cells.findIndex(({ dataset }) => dataset["place"] === here.place);
  const below = here.line.row === undefined ? cells[index + 1] : cellBelow(here);
  if (below) (below.querySelector<HTMLElement>(".cm-content") ?? below).focus();
  return true;
}

function cellBelow({ row, line, lang }: Standing): HTMLElement | undefined {
  const to = (line.row ?? 0) + (line.rowspan ?? 1);
  const column = line.column ?? 0;
  const target = row.lines.find((other) => other.row === to && (other.column ?? 0) <= column && column < (other.column ?? 0) + (other.colspan ?? 1));
  return [...document.querySelectorAll<HTMLElement>("[data-place][data-lang]")].find(({ dataset }) => dataset["place"] === target?.place && dataset["lang"] === lang);
}

function rowBefore(row: Row): Row | undefined {
  const rows = bodyRows();
  return rows[rows.findIndex((other) => other.id === row.id) - 1];
}

function endOf(row: Row | undefined, lang: string): { place: string; lang: string; at: "end" } | null {
  const cell = row?.lines.at(-1)?.cells[lang];
  return cell ? { place: cell.place, lang, at: "end" } : null;
}

function endOfPlace(place: string, lang: string): { place: string; lang: string; at: "end" } {
  return { place, lang, at: "end" };
}
