// The menus of blocks: what may be put in, and what may be done with a block.
import { ask, openDialog, openMenu, type MenuItem } from "./dialog";
import { el, freshId } from "./dom";
import { insertAfter } from "./edges";
import { tableItems } from "./grid";
import { askWhere, moveRow } from "./moving";
import { blockOf } from "./card-groups";
import { choosePicture } from "./put-picture";
import { chooseRecurring } from "./recurring";
import { openDocument, theDocument } from "./store";
import type { Change, Row } from "./types";
import { bodyRows, entryOf, languageHere, noteWithUndo, run, type Standing } from "./standing";
import { m, t } from "./words";

const STYLES: Record<string, string> = { bullet: "Bullets", number: "Numbers", letter: "Letters", roman: "Roman numerals", enumeration: "Enumeration of the house style" };
const LEVELS: Record<string, string> = { "2": "Heading of the first level", "3": "Heading of the second level", "4": "Heading of the third level" };

/** The kinds of block that may be put in after a row, by their everyday names. */
export function insertMenu(after: string | null): MenuItem[] {
  return theDocument().kinds.map(({ kind, name }) => ({ label: kind === "figure" || kind === "boilerplate" ? t("{kind}…", { kind: m(name) }) : m(name), act: () => putIn(after, kind) }));
}

function putIn(after: string | null, kind: string): void {
  const lang = languageHere();
  if (kind === "figure") choosePicture(after);
  else if (kind === "boilerplate") void chooseRecurring(after);
  else void insertAfter(after, kind, lang);
}

/** What may be done with a block; with the caret in it, also with the item or cell there. */
export function blockMenu(row: Row, here: Standing | null): MenuItem[] {
  if (!row.body) return [{ label: t("Put in after…"), act: () => putAfter(row, null) }];
  const rows = bodyRows();
  const index = rows.findIndex((other) => other.id === row.id);
  return [
    ...(here && row.kind === "table" ? tableItems(here) : []),
    ...(here && row.kind === "list" ? itemItems(here) : []),
    { label: t("Put in after…"), act: () => putAfter(row, row.id) },
    { label: t("Move up"), keys: "Alt+Shift+↑", disabled: index === 0 && t("It is the first block"), act: () => moveRow(row, -1) },
    { label: t("Move down"), keys: "Alt+Shift+↓", disabled: index === rows.length - 1 && t("It is the last block"), act: () => moveRow(row, 1) },
    { label: t("Move to…"), disabled: rows.length < 2 && t("It is the only block"), act: () => askWhere(row) },
    ...(row.can.length ? ["line" as const, ...row.can.map((kind) => ({ label: t("Make it: {kind}", { kind: nameOf(kind) }), act: () => void run([{ type: "kind", row: row.id, kind }]) }))] : []),
    ...partItems(row),
    ...(row.kind === "list" ? [{ label: t("Style of the list…"), act: () => chooseStyle(row) }] : []),
    ...(row.kind === "heading" ? [{ label: t("Level of the heading…"), act: () => chooseLevel(row) }] : []),
    ...(row.kind === "boilerplate" ? [{ label: t("Use its words here"), act: () => void useWords(row) }] : []),
    "line",
    ...languageItems(row),
    "line",
    { label: t("Delete"), act: () => void deleteRow(row) },
  ];
}

/** The parts that a kind of block may have, by the key that leads to them. */
const PARTS: Record<string, { key: string; put: string; take: string }> = {
  table: { key: "table.caption", put: "Put a caption in", take: "Take the caption out" },
  figure: { key: "figure.caption", put: "Put a caption in", take: "Take the caption out" },
  list: { key: "list.intro", put: "Put an introduction in", take: "Take the introduction out" },
  quotation: { key: "by", put: "Name the speaker", take: "Take the speaker out" },
};

/** Put in a part that the block does not have, or take it out. */
function partItems(row: Row): MenuItem[] {
  const part = PARTS[row.kind];
  if (!part) return [];
  const place = `${row.id}.${part.key}`;
  if (row.lines.some((line) => line.place === place)) return [{ label: t(part.take), act: () => void remove([{ type: "set", row: row.id, key: part.key, value: null }], t("It was taken out")) }];
  const lang = languageHere();
  const put = () => void run([{ type: "set", row: row.id, key: part.key, value: { [lang]: "⟦…⟧" } }], () => ({ place, lang }));
  return [{ label: t(part.put), act: put }];
}

function nameOf(kind: string): string {
  const known = theDocument().kinds.find((other) => other.kind === kind);
  return known ? m(known.name) : kind;
}

function anchorOf(row: Row): HTMLElement {
  const block = blockOf(row.id);
  return block?.querySelector<HTMLElement>(".handle, h3") ?? document.body;
}

function putAfter(row: Row, after: string | null): void {
  openMenu(anchorOf(row), t("Put in"), insertMenu(after));
}

function itemItems({ place, line }: Standing): MenuItem[] {
  const entry = entryOf(place);
  if (!entry) return [];
  return [
    { label: t("Item: one level in"), keys: "Alt+Shift+→", disabled: entry.index === 0 && t("There is no item above it"), act: () => void run([{ type: "level", place, by: 1 }]) },
    { label: t("Item: one level out"), keys: "Alt+Shift+←", disabled: line.level < 2 && t("It is on the first level"), act: () => void run([{ type: "level", place, by: -1 }]) },
    { label: t("Delete the item"), act: () => void remove([{ type: "delete-item", place }], t("The item was deleted")) },
    "line",
  ];
}

function chooseStyle(row: Row): void {
  const items: MenuItem[] = Object.entries(STYLES).map(([style, name]) => ({ label: t(name), act: () => set(row, "list.style", style) }));
  openMenu(anchorOf(row), t("Style of the list"), [...items, "line", { label: t("Begin with another number…"), act: () => askStart(row) }]);
}

function chooseLevel(row: Row): void {
  openMenu(anchorOf(row), t("Level of the heading"), Object.entries(LEVELS).map(([level, name]) => ({ label: t(name), act: () => set(row, "level", level) })));
}

function set(row: Row, key: string, value: unknown): void {
  void run([{ type: "set", row: row.id, key, value }]);
}

function askStart(row: Row): void {
  askFor(t("First number of the list"), t("Number"), "number", (value) => set(row, "list.start", value || null));
}

/** The languages that a block may be left out of, or limited to. */
function languageItems(row: Row): MenuItem[] {
  const written = openDocument()?.languages.filter((language) => !language.derived_from) ?? [];
  if (written.length < 2) return [];
  const limited = row.only !== undefined || Object.keys(row.absent).length > 0;
  if (limited) return [{ label: t("Show it in all languages"), act: () => void run(allLanguages(row)) }];
  return written.flatMap(({ code, english }) => [
    { label: t("Not in {language}, because…", { language: t(english) }), act: () => askReason(row, code, t(english)) },
    { label: t("Only in {language}", { language: t(english) }), act: () => void only(row, code, t(english)) },
  ]);
}

function allLanguages(row: Row): Change[] {
  const codes = row.only === undefined ? Object.keys(row.absent) : [row.only];
  return codes.map((lang) => ({ type: "limit", row: row.id, lang, mode: "all" }));
}

function askReason(row: Row, lang: string, language: string): void {
  const limit = (reason: string) => reason.trim() && void run([{ type: "limit", row: row.id, lang, mode: "absent", reason }]);
  askFor(t("Not in {language}", { language }), t("Reason"), "text", limit, t("Its words in this language are taken out. Undo brings them back."));
}

async function only(row: Row, lang: string, language: string): Promise<void> {
  const question = t("The words of this block in the other languages are taken out. Undo brings them back.");
  if (await ask(t("Only in {language}", { language }), question, t("Only in {language}", { language }))) await run([{ type: "limit", row: row.id, lang, mode: "only" }]);
}

/** Ask for one value. */
function askFor(heading: string, label: string, type: string, use: (value: string) => void, explanation = ""): void {
  const id = freshId("value");
  const input = el("input", { id, type, ...(type === "number" ? { min: 1, max: 999 } : {}) });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (type === "text" && !input.value.trim()) return;
    dialog.close();
    use(input.value);
  };
  const form = el("form", { onsubmit: submit }, explanation ? el("p", {}, explanation) : null, el("p", {}, el("label", { for: id }, label), " ", input),
    el("div", { class: "acts" }, el("button", { class: "button first" }, t("OK")), el("button", { type: "button", class: "button", onclick: () => dialog.close() }, t("Cancel"))));
  const dialog = openDialog(heading, [form]);
  input.focus();
}

async function useWords(row: Row): Promise<void> {
  if (await run([{ type: "use-words", row: row.id }])) noteWithUndo(t("The words of the recurring text stand here now"));
}

async function deleteRow(row: Row): Promise<void> {
  await remove([{ type: "delete", row: row.id }], t("Deleted {name}", { name: m(row.name) }));
}

/** Delete something without a question; a note offers to bring it back. */
export async function remove(changes: Change[], said: string): Promise<void> {
  if (await run(changes)) noteWithUndo(said);
}
