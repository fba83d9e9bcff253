// After a change: marks without words go, spaces leave the ends of bold and italic words, and two bold pieces side by side become one.
import { byPlace, splice, type Draft } from "./text-edits";
import { isPaired, NOT_IN_SUBSCRIPT } from "./markup";
import type { Span } from "./types";

/** Repair the marks of a draft until nothing is left to do. */
export function repairMarks(draft: Draft): Draft {
  for (let round = 0; round < 40; round += 1) {
    const next = repairOne(draft);
    if (!next) break;
    draft = next;
  }
  return withoutLoneMark(draft);
}

/** A text of nothing but a draft mark is empty. */
function withoutLoneMark(draft: Draft): Draft {
  const mark = draft.spans.find((span) => span.kind === "draft" && span.start === 0);
  return mark && !draft.text.slice(mark.end).trim() ? splice(draft, 0, draft.text.length, "") : draft;
}

function repairOne(draft: Draft): Draft | null {
  for (const span of draft.spans) {
    if (!isPaired(span.kind)) continue;
    const words = draft.text.slice(span.inner_start, span.inner_end);
    if (words === "") return without(draft, span);
    if (span.kind === "gap") continue;
    if (!words.trim()) return without(draft, span);
    const isShift = span.kind === "superscript" || span.kind === "subscript";
    if (isShift && (/\s/.test(withoutChips(draft, span)) || (span.kind === "subscript" && NOT_IN_SUBSCRIPT.test(words)))) return without(draft, span);
    if (span.kind === "strong" || span.kind === "emphasis") {
      const trimmed = trim(draft, span, words);
      if (trimmed) return trimmed;
    }
    const next = draft.spans.find((other) => other.kind === span.kind && other.start === span.end);
    if (next && span.kind !== "link" && span.kind !== "verbatim") return joined(draft, span, next);
  }
  return null;
}

/** Take the marks of a span away, and leave its words. */
export function without(draft: Draft, span: Span): Draft {
  const spans = draft.spans.filter((other) => other !== span);
  draft = splice({ ...draft, spans }, span.inner_end, span.end, "");
  return splice(draft, span.start, span.inner_start, "");
}

function joined(draft: Draft, first: Span, second: Span): Draft {
  const spans = draft.spans.filter((other) => other !== first && other !== second);
  const size = second.inner_start - first.inner_end;
  const whole = { ...first, inner_end: second.inner_end - size, end: second.end - size };
  draft = splice({ ...draft, spans }, first.inner_end, second.inner_start, "");
  return { ...draft, spans: [...draft.spans, whole].sort(byPlace) };
}

/** Move spaces at either end of a span out of it. What is typed next after such a space at the caret goes on in the same format. */
function trim(draft: Draft, span: Span, words: string): Draft | null {
  const leading = words.length - words.trimStart().length;
  const trailing = words.length - words.trimEnd().length;
  if (!leading && !trailing) return null;
  const others = draft.spans.filter((other) => other !== span);
  const mark = draft.text.slice(span.start, span.inner_start);
  const size = mark.length;
  const inner_start = span.inner_start + leading;
  const inner_end = span.inner_end - trailing;
  const isTyping = trailing > 0 && draft.caret === span.inner_end && (span.kind === "strong" || span.kind === "emphasis");
  draft = { ...draft, spans: others };
  if (trailing) {
    draft = splice(draft, span.inner_end, span.end, "");
    draft = splice(draft, inner_end, inner_end, mark);
  }
  if (leading) {
    draft = splice(draft, inner_start, inner_start, mark, [], 1);
    draft = splice(draft, span.start, span.inner_start, "");
  }
  const shorter = { ...span, start: span.start + leading, inner_start: span.inner_start + leading, inner_end, end: inner_end + size };
  const pending = isTyping ? { ...draft.pending, [span.kind]: true } : draft.pending;
  return { ...draft, pending, spans: [...draft.spans, shorter].sort(byPlace) };
}

function withoutChips({ text, spans }: Draft, around: Span): string {
  let words = "";
  let at = around.inner_start;
  for (const span of spans) {
    if (isPaired(span.kind) || span.start < at || span.end > around.inner_end) continue;
    words += text.slice(at, span.start);
    at = span.end;
  }
  return words + text.slice(at, around.inner_end);
}
