// A block or footnote that lost its words while somebody wrote: its card, or a note, offers to delete it.
import { onText } from "./cell";
import { note } from "./dialog";
import { el } from "./dom";
import { remove } from "./menus";
import { showCards } from "./card-groups";
import { cellOf, onChange, openDocument } from "./store";
import type { Row } from "./types";
import { isOpen } from "./standing";
import { m, t } from "./words";

/** The rows that have had words since the document was opened. */
let written = new Set<string>();
/** The rows with a card. */
let emptied = new Set<string>();
let isListening = false;

/** Watch the blocks and footnotes of the document that has just been drawn. */
export function startEmptied(): void {
  written = new Set();
  emptied = new Set();
  compare();
  if (isListening) return;
  isListening = true;
  onChange(() => queueMicrotask(compare));
  onText(offerNote);
}

function compare(): void {
  for (const row of openDocument()?.rows ?? []) {
    if (!row.body || !row.lines.length || row.section !== undefined) continue;
    const isEmpty = row.lines.every(({ cells }) => Object.values(cells).every((cell) => isOpen(cell.text)));
    if (!isEmpty) written.add(row.id);
    const hasCard = isEmpty && written.has(row.id);
    if (hasCard || emptied.has(row.id)) showCards(row.id, "empty", hasCard ? [card(row)] : []);
    if (hasCard) emptied.add(row.id);
    else emptied.delete(row.id);
  }
}

function card(row: Row): HTMLElement {
  const act = () => void remove([{ type: "delete", row: row.id }], t("Deleted {name}", { name: m(row.name) }));
  return el("div", { class: "card of-note", role: "group" },
    el("p", { class: "say" }, t("This block has no words any more.")),
    el("div", { class: "acts" }, el("button", { type: "button", class: "button small", onclick: act }, t("Delete the block"))));
}

/** The last number of a footnote is deleted in a text: offer to delete the footnote. */
function offerNote(place: string, lang: string, text: string): void {
  const gone = callsIn(cellOf(place, lang)?.text).filter((name) => !callsIn(text).includes(name));
  if (!gone.length) return;
  const lines = openDocument()?.rows.flatMap((row) => row.lines) ?? [];
  const others = lines.flatMap(({ cells }) => Object.values(cells)).filter((cell) => cell.place !== place || cell.lang !== lang);
  for (const name of gone) {
    const line = lines.find((other) => other.role === "note" && other.place.endsWith(`.${name}`));
    if (!line || others.some((cell) => callsIn(cell.text).includes(name))) continue;
    const act = () => void remove([{ type: "delete-item", place: line.place }], t("The footnote was deleted"));
    note(t("No text calls this footnote any more: {name}", { name: m(line.label) }), { label: t("Delete the footnote"), act }, 20);
  }
}

function callsIn(text: string | null | undefined): string[] {
  return [...(text ?? "").matchAll(/\[\^([^\]\s]+)\]/g)].map((match) => match[1]!);
}
