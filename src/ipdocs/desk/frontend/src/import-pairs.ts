// Pairs of an import as an editor changes them: texts move up and down, pairs are split and joined. Each text stays exactly once.

export type Pair = Record<string, number[]>;
export type ReadText = { kind: string; texts: string[]; has_intro: boolean };
export type Texts = Record<string, ReadText[]>;

/** Whether two texts of one language can become one. */
function canJoin(texts: Texts, lang: string, first: number, second: number): boolean {
  const [one, other] = [texts[lang]?.[first], texts[lang]?.[second]];
  if (!one || !other || one.kind !== other.kind) return false;
  return one.kind === "paragraph" || one.kind === "quotation" || (one.kind === "list" && !other.has_intro);
}

/** The pairs with the first text of a cell moved to the pair above, or the last one to the pair below; null if that cannot be. */
export function moved(pairs: Pair[], texts: Texts, at: number, lang: string, by: 1 | -1): Pair[] | null {
  const own = pairs[at]?.[lang] ?? [];
  const text = by < 0 ? own[0] : own.at(-1);
  const target = pairs[at + by];
  if (text === undefined || !target) return null;
  const others = target[lang] ?? [];
  const neighbour = by < 0 ? others.at(-1) : others[0];
  if (neighbour !== undefined && !canJoin(texts, lang, Math.min(neighbour, text), Math.max(neighbour, text))) return null;
  const result = pairs.map((pair) => ({ ...pair }));
  result[at]![lang] = own.filter((number) => number !== text);
  result[at + by]![lang] = by < 0 ? [...others, text] : [text, ...others];
  return tidy(result);
}

/** The pairs with one of them split: into the texts that were joined, or else into a pair for each language; null if there is nothing to split. */
export function split(pairs: Pair[], at: number): Pair[] | null {
  const pair = pairs[at];
  if (!pair) return null;
  const cells = Object.entries(pair).filter(([, numbers]) => numbers.length);
  const most = Math.max(...cells.map(([, numbers]) => numbers.length));
  let parts: Pair[];
  if (most > 1) parts = Array.from({ length: most }, (_, index) => Object.fromEntries(cells.map(([lang, numbers]) => [lang, numbers.slice(index, index + 1)])));
  else if (cells.length > 1) parts = cells.map(([lang, numbers]) => ({ [lang]: numbers }));
  else return null;
  return tidy([...pairs.slice(0, at), ...parts, ...pairs.slice(at + 1)]);
}

/** The pairs with one of them joined with the next; null if texts that cannot be joined would meet. */
export function joined(pairs: Pair[], texts: Texts, at: number): Pair[] | null {
  const [pair, next] = [pairs[at], pairs[at + 1]];
  if (!pair || !next) return null;
  const langs = new Set([...Object.keys(pair), ...Object.keys(next)]);
  const whole: Pair = {};
  for (const lang of langs) {
    const [first, second] = [pair[lang] ?? [], next[lang] ?? []];
    const [last, begin] = [first.at(-1), second[0]];
    if (last !== undefined && begin !== undefined && !canJoin(texts, lang, last, begin)) return null;
    whole[lang] = [...first, ...second];
  }
  return tidy([...pairs.slice(0, at), whole, ...pairs.slice(at + 2)]);
}

function tidy(pairs: Pair[]): Pair[] {
  return pairs.map((pair) => Object.fromEntries(Object.entries(pair).filter(([, numbers]) => numbers.length))).filter((pair) => Object.keys(pair).length);
}
