// What a change of words does to the source text: marks stay in pairs, chips stay whole, and typed characters stay what they are.
// Everything here is a function of text and spans; nothing knows of CodeMirror's view.
import { ChangeSet, type ChangeDesc } from "@codemirror/state";
import { escapeSpan, hiddenOf, isChip, isPaired, moved, needBackslash, type Hidden, type Written } from "./markup";
import { repairMarks } from "./repair";
import type { Span } from "./types";

export type Format = "strong" | "emphasis";
/**
 * What holds for the words typed next at the caret: formats switched on or off, whether they go on in the link before it, and where a
 * bracket was typed that begins a gap.
 */
export type Pending = Partial<Record<Format | "link", boolean>> & { gap?: number };

/** A text while it is being changed. */
export type Draft = Written & { changes: ChangeSet; caret: number; pending: Pending };

export const MARKS: Record<Format, string> = { strong: "**", emphasis: "*" };

/** Begin to change a text. */
export function draftOf({ text, spans }: Written, caret: number): Draft {
  return { text, spans, changes: ChangeSet.empty(text.length), caret, pending: {} };
}

/** Replace a stretch of a draft as it stands; the spans are mapped, and those that are broken by it are dropped. */
export function splice(draft: Draft, from: number, to: number, insert: string, added: readonly Span[] = [], side: -1 | 1 = -1): Draft {
  const change = ChangeSet.of([{ from, to, insert }], draft.text.length, "\n");
  const spans = [...mapSpans(draft.spans, change), ...added].sort(byPlace);
  const text = draft.text.slice(0, from) + insert + draft.text.slice(to);
  return { ...draft, text, spans, changes: draft.changes.compose(change), caret: change.mapPos(draft.caret, side) };
}

/** Spans after a change. Words put in at the inner edge of a mark are inside it, those at its outer edge outside. */
export function mapSpans(spans: readonly Span[], change: ChangeDesc): Span[] {
  const mapped: Span[] = [];
  for (const span of spans) {
    const paired = isPaired(span.kind);
    const start = change.mapPos(span.start, 1);
    const end = change.mapPos(span.end, -1);
    const inner_start = paired ? change.mapPos(span.inner_start, -1) : start + span.inner_start - span.start;
    const inner_end = paired ? change.mapPos(span.inner_end, 1) : end - (span.end - span.inner_end);
    const isWhole = paired
      ? inner_start - start === span.inner_start - span.start && end - inner_end === span.end - span.inner_end && inner_start <= inner_end
      : end - start === span.end - span.start;
    if (isWhole && end > start) mapped.push({ ...span, start, end, inner_start, inner_end });
  }
  return mapped;
}

/** Put a piece of source text in place of a stretch, as when somebody types or deletes. */
export function replace(written: Written, from: number, to: number, piece: Written, pending: Pending = {}): Draft {
  [from, to] = wholeThings(written, from, to);
  if (from < to && piece.text) [from, to] = withinMarks(written.spans, from, to);
  const link = piece.text ? linkOf(written.spans, from, to, pending) : undefined;
  if (from === to) from = to = link ? link.inner_end : restingPlace(written, from);
  [from, to] = gapAround(written, from, to, piece.text !== "");
  if (written.spans.some((span) => span.kind === "gap" && span.start < from && to < span.end)) piece = withoutGaps(piece);
  let draft = draftOf(written, from);
  if (from < to) draft = cut(draft, from, to);
  if (piece.text) draft = insert(draft, draft.caret, piece, pending);
  draft = repairMarks(draft);
  draft = addBackslashes(draft, written);
  const kept: Pending = { ...(link ? { link: true } : {}), ...(pending.gap !== undefined && piece.text ? { gap: pending.gap } : {}) };
  return { ...draft, pending: { ...draft.pending, ...kept }, caret: restingPlace(draft, draft.caret) };
}

/** The link whose words are replaced, or have just been replaced: what is typed stays in it. */
function linkOf(spans: readonly Span[], from: number, to: number, pending: Pending): Span | undefined {
  return spans.find((span) => span.kind === "link" && (from < to ? span.inner_start === from && span.inner_end === to : pending.link && span.inner_end <= from && from <= span.end));
}

/** A piece with the words of its gaps, without their brackets: a gap holds no other. */
function withoutGaps(piece: Written): Written {
  let draft = draftOf(piece, 0);
  for (const { start, end } of piece.spans.filter((span) => span.kind === "gap").reverse()) draft = splice(splice(draft, end - 1, end, ""), start, start + 1, "");
  return { text: draft.text, spans: draft.spans };
}

/** Where the caret rests, of all places that look the same: after what came before, as in a word processor. */
export function restingPlace({ text, spans }: Written, at: number): number {
  const marks = hiddenOf(spans).filter((range) => !isChip(range.span.kind));
  let place = lowest(marks, at);
  let isBeginning = place === 0 || text[place - 1] === "\n";
  for (const mark of marks) {
    if (mark.from < place) continue;
    if (mark.from > place) break;
    const { kind } = mark.span;
    const isFormat = kind === "strong" || kind === "emphasis";
    if (mark.role === "close" && isFormat) return place;
    if (mark.role === "open" && !(isFormat && isBeginning)) return place;
    isBeginning = isBeginning && mark.role !== "close";
    place = mark.to;
  }
  return place;
}

/** The first and last of all places that look the same as a place. */
export function sameLooking(spans: readonly Span[], at: number): [number, number] {
  const marks = hiddenOf(spans).filter((range) => !isChip(range.span.kind));
  const first = lowest(marks, at);
  let last = first;
  for (const mark of marks) if (mark.from === last && mark.span.kind !== "escape") last = mark.to;
  return [first, last];
}

/** A stretch without the marks at its two ends. */
export function withinMarks(spans: readonly Span[], from: number, to: number): [number, number] {
  const first = sameLooking(spans, from)[1];
  const last = sameLooking(spans, to)[0];
  return first < last ? [first, last] : [from, to];
}

/** Add a backslash wherever the change made an ordinary character into markup. */
export function addBackslashes(draft: Draft, before: Written): Draft {
  const known = new Set(needBackslash(before).map((at) => draft.changes.mapPos(at, 1)));
  for (let round = 0; round < 4; round += 1) {
    const places = needBackslash(draft).filter((at) => !known.has(at));
    if (!places.length) return draft;
    for (const at of places.reverse()) draft = splice(draft, at, at, "\\", [escapeSpan(at)]);
    known.clear();
    for (const at of needBackslash(before)) known.add(draft.changes.mapPos(at, 1));
  }
  return draft;
}

export function byPlace(a: Span, b: Span): number {
  return a.start - b.start || b.end - a.end;
}

/** The stretches of [from, to] that a cut may take away: all but the marks of spans that are not cut as a whole. */
export function stretchesWithout(spans: readonly Span[], from: number, to: number): [number, number][] {
  const kept = hiddenOf(spans).filter(
    ({ span, ...mark }) =>
      mark.from < to && mark.to > from && !isChip(span.kind) && span.kind !== "escape" &&
      (span.kind === "draft" || span.start < from || span.end > to),
  );
  const stretches: [number, number][] = [];
  let at = from;
  for (const mark of kept) {
    if (mark.from > at) stretches.push([at, mark.from]);
    at = Math.max(at, mark.to);
  }
  if (at < to) stretches.push([at, to]);
  return stretches;
}

function lowest(marks: Hidden[], at: number): number {
  let place = at;
  for (const mark of [...marks].reverse()) if (mark.from < place && mark.to >= place) place = mark.from;
  return place;
}

function cut(draft: Draft, from: number, to: number): Draft {
  const stretches = stretchesWithout(draft.spans, from, to);
  for (const [start, end] of stretches.reverse()) draft = splice(draft, start, end, "");
  return draft;
}

/** Widen a stretch so that it cuts through no chip and no escaped character. */
function wholeThings({ spans }: Written, from: number, to: number): [number, number] {
  for (const span of spans) {
    if (!isChip(span.kind) && span.kind !== "escape") continue;
    if (from === to && span.start < from && from < span.end) from = to = span.kind === "escape" ? span.start : span.end;
    else if (span.start < to && span.end > from) [from, to] = [Math.min(from, span.start), Math.max(to, span.end)];
  }
  return [from, to];
}

/** Widen a stretch over a gap, when all of its words are replaced or nothing but dots stands in it. */
function gapAround({ text, spans }: Written, from: number, to: number, hasWords: boolean): [number, number] {
  for (const span of spans) {
    if (span.kind !== "gap") continue;
    const isOpen = /^(…|\.\.\.)?$/.test(text.slice(span.inner_start, span.inner_end));
    const isCovered = from < to && from <= span.inner_start && to >= span.inner_end;
    const isTouched = isOpen && hasWords && from >= span.start && to <= span.end;
    if (isCovered || isTouched) [from, to] = [Math.min(from, span.start), Math.max(to, span.end)];
  }
  return [from, to];
}

function insert(draft: Draft, at: number, piece: Written, pending: Pending): Draft {
  const wrapped: Format[] = [];
  for (const format of ["strong", "emphasis"] as const) {
    const around = draft.spans.find((span) => span.kind === format && span.inner_start <= at && at <= span.inner_end);
    if (pending[format] === true && !around) {
      const longer = /\S/.test(piece.text) ? lengthen(draft, at, format) : null;
      if (longer) [draft, at] = longer;
      else if (/\S/.test(piece.text)) wrapped.push(format);
    } else if (pending[format] === false && around) [draft, at] = stepOut(draft, at, around, MARKS[format]);
  }
  draft = splice({ ...draft, caret: at }, at, at, piece.text, piece.spans.map((span) => moved(span, at)), 1);
  for (const format of wrapped) draft = wrap(draft, at, draft.caret, format);
  return /\S/.test(piece.text) ? draft : { ...draft, pending };
}

/** Put marks around a stretch; a caret at its end stays inside. */
export function wrap(draft: Draft, from: number, to: number, format: Format): Draft {
  const mark = MARKS[format];
  const size = mark.length;
  draft = splice(draft, to, to, mark);
  draft = splice(draft, from, from, mark, [], 1);
  const span = { kind: format, start: from, inner_start: from + size, inner_end: to + size, end: to + 2 * size };
  return { ...draft, spans: [...draft.spans, span].sort(byPlace) };
}

/** Move the closing mark over the spaces after it, up to the caret. */
function lengthen(draft: Draft, at: number, format: Format): [Draft, number] | null {
  const span = draft.spans.find((candidate) => candidate.kind === format && candidate.end < at && /^[^\S\n]+$/.test(draft.text.slice(candidate.end, at)));
  if (!span) return null;
  const size = span.end - span.inner_end;
  const others = draft.spans.filter((candidate) => candidate !== span);
  draft = splice({ ...draft, spans: others }, at, at, MARKS[format]);
  draft = splice(draft, span.inner_end, span.end, "");
  const longer = { ...span, inner_end: at - size, end: at };
  return [{ ...draft, spans: [...draft.spans, longer].sort(byPlace) }, at - size];
}

/** End a format at the caret, and begin it again after it where words follow; not in the midst of another span. */
function stepOut(draft: Draft, at: number, span: Span, mark: string): [Draft, number] {
  const [lowest, highest] = sameLooking(draft.spans, at);
  if (lowest <= span.inner_end && span.end <= highest) return [draft, span.end];
  if (lowest <= span.start && span.inner_start <= highest) return [draft, span.start];
  if (draft.spans.some((other) => other.start > span.start && other.end < span.end && other.start < at && at < other.end)) return [draft, at];
  const others = draft.spans.filter((candidate) => candidate !== span);
  const size = mark.length;
  draft = splice({ ...draft, spans: others }, at, at, mark + mark);
  const first = { ...span, inner_end: at, end: at + size };
  const second = { ...span, start: at + size, inner_start: at + 2 * size, inner_end: span.inner_end + 2 * size, end: span.end + 2 * size };
  return [{ ...draft, spans: [...draft.spans, first, second].sort(byPlace) }, at + size];
}

/** A gap around a stretch of words, or an open one at the caret; null where marks would cross. */
export function wrapGap(written: Written, from: number, to: number): Draft | null {
  const [first, last] = from < to ? withinMarks(written.spans, from, to) : [from, to];
  if (stretchesWithout(written.spans, first, last).length > 1) return null;
  if (written.spans.some((span) => span.kind === "gap" && span.start < last && span.end > first)) return null;
  let draft = draftOf(written, first);
  const words = first < last ? "" : "…";
  draft = splice(draft, last, last, `${words}⟧`, []);
  draft = splice(draft, first, first, "⟦", [], 1);
  const inner_end = last + words.length + 1;
  const span: Span = { kind: "gap", start: first, inner_start: first + 1, inner_end, end: inner_end + 1 };
  return { ...draft, spans: [...draft.spans, span].sort(byPlace), caret: inner_end };
}
