// Findings in the words: which stretches of a cell are marked, in a field and in words that are only drawn.
import { keyOf } from "./store";

/** A stretch of a text that a finding is about. */
export type FindingMark = {
  from: number;
  to: number;
  severity: "error" | "warning";
  /** The number of its card, where a row has several. */
  number?: number;
};

const marks = new Map<string, FindingMark[]>();

/** The stretches of a cell that are marked. */
export function marksFor(place: string, lang: string): readonly FindingMark[] {
  return marks.get(keyOf(place, lang)) ?? [];
}

/** Set the marks of all cells; returns the cells whose marks are other ones than before. */
export function setAllMarks(next: ReadonlyMap<string, FindingMark[]>): string[] {
  const changed = [...new Set([...marks.keys(), ...next.keys()])].filter((key) => JSON.stringify(marks.get(key)) !== JSON.stringify(next.get(key)));
  marks.clear();
  for (const [key, list] of next) marks.set(key, list);
  return changed;
}

/** The class and number of a mark, for its element. */
export function markAttributes(mark: FindingMark): Record<string, string> {
  return { class: `bad of-${mark.severity}`, ...(mark.number === undefined ? {} : { "data-number": String(mark.number) }) };
}
