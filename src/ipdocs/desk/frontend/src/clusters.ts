// What people see as one character: with its variation selectors, accents and joined parts.
const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** More code units than one character has. */
const NEAR = 200;

/** The other end of the character after or before a place of a text. */
export function clusterBreak(text: string, at: number, forward: boolean): number {
  if (forward) {
    const [first] = segmenter.segment(text.slice(at, at + NEAR));
    return at + (first?.segment.length ?? 0);
  }
  const start = Math.max(0, at - NEAR);
  const last = segmenter.segment(text.slice(start, at)).containing(at - start - 1);
  return last ? start + last.index : at;
}
