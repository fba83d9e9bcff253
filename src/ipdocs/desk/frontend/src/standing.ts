// Where the caret stands in the structure of the document, and steps of structure that put the caret where it belongs.
import { Refused } from "./api";
import { focusedSpot, openCell, type Caret, type Spot } from "./cell";
import { note } from "./dialog";
import { afterComposition } from "./ime";
import { openDocument, step, theDocument, undo } from "./store";
import type { Change, Line, Patch, Row } from "./types";
import { t } from "./words";

/** The caret with its row and line. */
export type Standing = Spot & { row: Row; line: Line };
/** An entry of a list: the list it stands in, and its number there. */
type Entry = { list: string; index: number };

/** Where the caret is, or null outside the texts. */
export function standing(): Standing | null {
  const spot = focusedSpot();
  return spot && standingAt(spot);
}

/** The row and line of a spot. */
export function standingAt(spot: Spot): Standing | null {
  for (const row of openDocument()?.rows ?? [])
    for (const line of row.lines) if (line.cells[spot.lang]?.place === spot.place) return { ...spot, row, line };
  return null;
}

/** The list entry that a place belongs to, or null where it is in none. */
export function entryOf(place: string): Entry | null {
  const match = /^(.*)\.(\d+)(?:\.(?:text|term))?$/.exec(place);
  return match ? { list: match[1]!, index: Number(match[2]) } : null;
}

/** The rows of the body. */
export function bodyRows(): Row[] {
  return theDocument().rows.filter((row) => row.body);
}

/** Whether a text has no words yet. */
export function isOpen(text: string | null | undefined): boolean {
  return !text || text.replace(/⟦draft: [^⟧]*⟧/, "").trim() === "" || text.trim() === "⟦…⟧";
}

/** The places of a row's entries of a list, in order. */
export function entriesOf(row: Row, list: string): string[] {
  return row.lines.map((line) => line.place).filter((place) => entryOf(place)?.list === list && !place.endsWith(".term"));
}

/** Make a step, and tell why where it is refused; the caret then goes where `caret` says. */
export async function run(changes: Change[], caret?: (patch: Patch) => { place: string; lang: string; at?: Caret } | null): Promise<Patch | null> {
  try {
    const patch = await step(changes);
    const target = caret?.(patch);
    if (target) afterComposition(() => void openCell(target.place, target.lang, target.at ?? "start"));
    return patch;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    note(reason(error));
    return null;
  }
}

/** Why a step was refused, in a sentence. */
export function reason(error: Refused): string {
  const finding = error.failure.findings?.[0];
  if (error.failure.stale) return t("The document has changed in the meantime. Please try again.");
  if (!finding) return t("This could not be done. Nothing was changed.");
  const words = finding.message.charAt(0).toUpperCase() + finding.message.slice(1);
  return finding.hint ? `${words}: ${finding.hint}.` : `${words}.`;
}

/** The first row that a patch has put in. */
export function newRow(patch: Patch, before: readonly string[]): Row | null {
  const id = patch.order.find((other) => !before.includes(other));
  return openDocument()?.rows.find((row) => row.id === id) ?? null;
}

/** The ids of the rows as they stand now. */
export function orderNow(): string[] {
  return theDocument().rows.map((row) => row.id);
}

/** The first text of a row that can be written in a language. */
export function firstCell(row: Row | null, lang: string): { place: string; lang: string } | null {
  const cell = row?.lines.map((line) => line.cells[lang] ?? Object.values(line.cells)[0]).find((other) => other !== undefined);
  return cell ? { place: cell.place, lang: cell.lang } : null;
}

/** A note with a button that takes the last step back. */
export function noteWithUndo(text: string): void {
  note(text, { label: t("Undo"), act: () => void undo() }, 10);
}

/** The language in which a new block begins: that of the caret, or the first one. */
export function languageHere(): string {
  return focusedSpot()?.lang ?? theDocument().languages[0]?.code ?? "en";
}
