// Which characters of a source text would be read as markup. The rules are those of source/inline.py, source/rules.py and
// source/expression.py; here they only decide which typed characters need a backslash.
import type { Span, SpanKind } from "./types";

/** A source text and its spans. */
export type Written = { text: string; spans: readonly Span[] };

/** A stretch of a source text that is not shown, or is shown as a chip. */
export type Hidden = { from: number; to: number; role: "open" | "close" | "whole"; span: Span };

const PAIRED = new Set<SpanKind>(["strong", "emphasis", "link", "verbatim", "superscript", "subscript", "gap"]);
const ALWAYS = /[\\*[\]⟦⟧]/g;
/** Words to be written between their brackets, or a bracket alone; marks for drafts are no words. */
const GAP_OR_BRACKET = /⟦(?!draft: |fuzzy |part )[^⟦⟧\n]*[^⟦⟧\s][^⟦⟧\n]*⟧|[⟦⟧]/g;
const PUNCTUATION = /[!-/:-@[-`{-~]/;
/** Characters that subscript cannot hold, so that 10~20及30~40 stays as it is. */
export const NOT_IN_SUBSCRIPT = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u;
/** Invisible characters and direction marks, which no source may hold (source/characters.py). */
const FORBIDDEN =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffb\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The elements of formats. */
export const FORMAT_TAGS: Partial<Record<SpanKind, "strong" | "em" | "sup" | "sub">> = { strong: "strong", emphasis: "em", superscript: "sup", subscript: "sub" };

/** Whether a kind of span has words between two marks. */
export function isPaired(kind: SpanKind): boolean {
  return PAIRED.has(kind);
}

/** Whether a kind of span is one thing in the words, such as the value of a fact. */
export function isChip(kind: SpanKind): boolean {
  return kind === "fact" || kind === "note";
}

/** The hidden stretches of the spans, in the order of the text. */
export function hiddenOf(spans: readonly Span[]): Hidden[] {
  const hidden: Hidden[] = [];
  for (const span of spans) {
    if (span.kind === "break") continue;
    if (isPaired(span.kind)) {
      hidden.push({ from: span.start, to: span.inner_start, role: "open", span });
      hidden.push({ from: span.inner_end, to: span.end, role: "close", span });
    } else if (span.kind === "escape") hidden.push({ from: span.start, to: span.inner_start, role: "open", span });
    else hidden.push({ from: span.start, to: span.end, role: "whole", span });
  }
  return hidden.filter((range) => range.to > range.from).sort((a, b) => a.from - b.from);
}

/**
 * Words as source text: with a backslash before each character that is always markup, a space for a tab, and no invisible characters.
 * Words between ⟦ and ⟧ are a gap; a bracket without its other one is left out.
 */
export function asSource(words: string): Written {
  const clean = words.replace(/\r\n?/g, "\n").replace(/\t/g, " ").replace(FORBIDDEN, "").replace(GAP_OR_BRACKET, (all) => (all.length > 1 ? all : ""));
  const spans: Span[] = [];
  let added = 0;
  let gap = 0;
  const text = clean.replace(ALWAYS, (character, offset: number) => {
    const at = offset + added;
    if (character === "⟦") gap = at;
    else if (character === "⟧") spans.push({ kind: "gap", start: gap, inner_start: gap + 1, inner_end: at, end: at + 1 });
    else {
      spans.push(escapeSpan(at));
      added += 1;
      return `\\${character}`;
    }
    return character;
  });
  return { text, spans: spans.sort((a, b) => a.start - b.start || b.end - a.end) };
}

/** The span of a backslash at a position, with the character after it. */
export function escapeSpan(at: number): Span {
  return { kind: "escape", start: at, end: at + 2, inner_start: at + 1, inner_end: at + 2 };
}

/** The places of ordinary characters that would be read as markup where they stand. */
export function needBackslash({ text, spans }: Written): number[] {
  const opaque = opaqueStretches(spans);
  const found: number[] = [];
  let index = 0;
  for (const match of text.matchAll(/[\\*[^~{}]/g)) {
    const at = match.index;
    while (index < opaque.length && opaque[index]!.to <= at) index += 1;
    if (opaque[index] && opaque[index]!.from <= at) continue;
    if (isMarkup(text, at, opaque)) found.push(at);
  }
  for (const span of spans) {
    if (span.kind !== "superscript" && span.kind !== "subscript") continue;
    const end = endOfShift(text, span.start, opaque);
    if (end !== null && end < span.inner_end && !opaque.some((range) => range.from <= end && end < range.to)) found.push(end);
  }
  return [...new Set(found)].sort((a, b) => a - b);
}

/** What is shown of a stretch of the text: without marks, and with the values of facts. */
export function shownWords({ text, spans }: Written, from = 0, to = text.length): string {
  let words = "";
  let at = from;
  for (const range of hiddenOf(spans)) {
    if (range.to <= at || range.from >= to) continue;
    if (range.from > at) words += text.slice(at, range.from);
    if (range.role === "whole" && isChip(range.span.kind) && range.from >= from && range.to <= to) words += range.span.shown ?? "";
    at = Math.max(at, range.to);
  }
  return at < to ? words + text.slice(at, to) : words;
}

/** A span further on in the text. */
export function moved(span: Span, by: number): Span {
  return { ...span, start: span.start + by, end: span.end + by, inner_start: span.inner_start + by, inner_end: span.inner_end + by };
}

type Stretch = { from: number; to: number; kind: SpanKind };

/** Stretches whose characters have been read: marks, chips, and escaped characters with their backslash. */
function opaqueStretches(spans: readonly Span[]): Stretch[] {
  return hiddenOf(spans).map(({ from, to, span }) => ({ from, to: span.kind === "escape" ? span.end : to, kind: span.kind }));
}

function isMarkup(text: string, at: number, opaque: Stretch[]): boolean {
  const character = text[at]!;
  const before = text[at - 1] ?? " ";
  const after = text[at + 1] ?? " ";
  switch (character) {
    case "\\":
      return PUNCTUATION.test(after);
    case "*":
      return /\S/.test(after) || /\S/.test(before);
    case "[":
      return opensBracket(text, at);
    case "{":
      return /[{%#]/.test(after);
    case "}":
      return after === "}";
    default:
      return before === character || after === character || endOfShift(text, at, opaque) !== null;
  }
}

function opensBracket(text: string, at: number): boolean {
  let depth = 0;
  for (let index = at; index < text.length; index += 1) {
    if (text[index] === "\\") index += 1;
    else if (text[index] === "[") depth += 1;
    else if (text[index] === "]" && --depth === 0)
      return text[index + 1] === "(" || /^\{[A-Za-z]/.test(text.slice(index + 1, index + 3)) || text[at + 1] === "^";
  }
  return false;
}

/** Where superscript or subscript that begins at a caret or tilde would end, or null. */
function endOfShift(text: string, start: number, opaque: Stretch[]): number | null {
  const mark = text[start]!;
  if (mark === "~" && text[start - 1] === "/") return null;
  let next = opaque.findIndex((range) => range.from > start);
  if (next < 0) next = opaque.length;
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at]!;
    while (opaque[next] && opaque[next]!.to <= at) next += 1;
    const read = opaque[next];
    if (read && read.from <= at && read.kind !== "superscript" && read.kind !== "subscript") {
      at = read.to - 1;
      continue;
    }
    if (character === mark) return at > start + 1 && text[at + 1] !== mark ? at : null;
    if (/\s/.test(character) || (mark === "~" && NOT_IN_SUBSCRIPT.test(character))) return null;
    if (character === "\\") at += 1;
  }
  return null;
}
