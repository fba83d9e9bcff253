// In which words two texts differ: words of Latin scripts, single Chinese characters, facts as a whole.

import type { Piece } from "./types";

const UNIT = /\{\{.*?\}\}|\s+|[\p{L}\p{N}]+(?<!\p{Script=Han})|./gsu;
const MOST = 1_500;

/** The pieces of two texts, in order: what both have, what only the old one has, what only the new one has. */
export function difference(before: string, after: string): Piece[] {
  const old = unitsOf(before);
  const fresh = unitsOf(after);
  let first = 0;
  while (first < old.length && first < fresh.length && old[first] === fresh[first]) first += 1;
  let last = 0;
  while (last < old.length - first && last < fresh.length - first && old.at(-1 - last) === fresh.at(-1 - last)) last += 1;
  const middle = between(old.slice(first, old.length - last), fresh.slice(first, fresh.length - last));
  const pieces: Piece[] = [{ text: old.slice(0, first).join(""), kind: "same" }, ...middle, { text: old.slice(old.length - last).join(""), kind: "same" }];
  return joined(pieces);
}

function unitsOf(text: string): string[] {
  return (text.match(UNIT) ?? []).flatMap((unit) => (/^\p{Script=Han}{2,}/u.test(unit) ? [...unit] : [unit]));
}

/** The longest common sequence of two lists of words; of very long ones, all is different. */
function between(old: string[], fresh: string[]): Piece[] {
  const whole: Piece[] = [{ text: old.join(""), kind: "old" }, { text: fresh.join(""), kind: "new" }];
  if (!old.length || !fresh.length || old.length > MOST || fresh.length > MOST) return whole;
  const width = fresh.length + 1;
  const lengths = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = fresh.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] = old[i] === fresh[j] ? lengths[(i + 1) * width + j + 1]! + 1 : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < old.length && j < fresh.length) {
    if (old[i] === fresh[j]) {
      pieces.push({ text: old[i]!, kind: "same" });
      i += 1;
      j += 1;
    } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) pieces.push({ text: old[i++]!, kind: "old" });
    else pieces.push({ text: fresh[j++]!, kind: "new" });
  }
  return [...pieces, { text: old.slice(i).join(""), kind: "old" }, { text: fresh.slice(j).join(""), kind: "new" }];
}

function joined(pieces: Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (!piece.text) continue;
    if (last?.kind === piece.kind) last.text += piece.text;
    else result.push({ ...piece });
  }
  return result;
}
