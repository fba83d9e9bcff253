// Bold and italic on a selection, or for the words typed next.
import { EditorSelection } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { draftOf, sameLooking, splice, stretchesWithout, withinMarks, wrap, MARKS, addBackslashes, byPlace, type Draft, type Format } from "./text-edits";
import { dispatchDraft } from "./field";
import type { Written } from "./markup";
import { repairMarks, without } from "./repair";
import { pendingIn, setPending, spansIn, writtenIn } from "./spans";
import type { Span } from "./types";

/** Switch a format on the selection; without a selection, for what is typed next. */
export function toggleFormat(view: EditorView, format: Format): void {
  const { main } = view.state.selection;
  if (main.empty) {
    const isOn = isFormatted(view, format);
    view.dispatch({ effects: setPending.of({ ...pendingIn(view.state), [format]: !isOn }) });
    return;
  }
  const draft = formatted(writtenIn(view.state), main.from, main.to, format);
  if (!draft) return;
  const map = (at: number, side: number) => draft.changes.mapPos(at, side);
  const selection = EditorSelection.single(map(main.anchor, main.anchor < main.head ? 1 : -1), map(main.head, main.anchor < main.head ? -1 : 1));
  dispatchDraft(view, { ...draft, pending: {} }, "input.format", selection);
}

/** Whether the words at the caret, or all of the selection, have a format. */
export function isFormatted(view: EditorView, format: Format): boolean {
  const { main } = view.state.selection;
  const pending = pendingIn(view.state)[format];
  if (main.empty && pending !== undefined) return pending;
  const [from, to] = main.empty ? [main.head, main.head] : withinMarks(spansIn(view.state), main.from, main.to);
  return spansIn(view.state).some((span) => span.kind === format && span.inner_start <= from && to <= span.inner_end);
}

/** A text with a format switched on a stretch; null where there is nothing to format. */
function formatted(written: Written, from: number, to: number, format: Format): Draft | null {
  [from, to] = trimmed(written.text, ...withinMarks(written.spans, from, to));
  if (from >= to) return null;
  const around = written.spans.find((span) => span.kind === format && span.inner_start <= from && to <= span.inner_end);
  let draft = draftOf(written, to);
  if (around) draft = unformatted(draft, around, from, to, format);
  else {
    for (const span of written.spans.filter((inner) => inner.kind === format && inner.start >= from && inner.end <= to).reverse()) {
      const now = draft.spans.find((candidate) => candidate.start === span.start && candidate.kind === format);
      if (now) draft = without(draft, now);
    }
    const [lowest, highest] = [sameLooking(draft.spans, draft.changes.mapPos(from, 1))[0], sameLooking(draft.spans, draft.changes.mapPos(to, -1))[1]];
    for (const [start, stop] of stretchesWithout(draft.spans, lowest, highest).reverse()) {
      const [first, last] = trimmed(draft.text, start, stop);
      const isInside = draft.spans.some((span) => span.kind === format && span.inner_start <= first && last <= span.inner_end);
      if (first < last && !isInside) draft = wrap(draft, first, last, format);
    }
  }
  return addBackslashes(repairMarks(draft), written);
}

/** Take a format away from a stretch inside a span: the words before and after keep it. */
function unformatted(draft: Draft, span: Span, from: number, to: number, format: Format): Draft {
  if (stretchesWithout(draft.spans, from, to).length > 1) return without(draft, span);
  const shift = MARKS[format].length;
  draft = without(draft, span);
  for (const [start, end] of [[to, span.inner_end], [span.inner_start, from]] as const)
    for (const stretch of stretchesWithout(draft.spans, start - shift, end - shift).reverse()) {
      const [first, last] = trimmed(draft.text, ...stretch);
      if (first < last) draft = wrap(draft, first, last, format);
    }
  return draft;
}

function trimmed(text: string, from: number, to: number): [number, number] {
  while (from < to && /\s/.test(text[from]!)) from += 1;
  while (to > from && /\s/.test(text[to - 1]!)) to -= 1;
  return [from, to];
}

/** Put a link on a stretch, or change the target of the link around it; an empty target takes the link away. */
export function linked(written: Written, from: number, to: number, target: string, words = ""): Draft | null {
  const around = written.spans.find((span) => span.kind === "link" && span.start <= from && to <= span.end);
  const address = target.includes("{{") ? target : target.replace(/[\\()]/g, "\\$&");
  let draft = draftOf(written, to);
  if (around && !target) return without(draft, around);
  if (around) {
    const others = draft.spans.filter((span) => span !== around);
    draft = splice({ ...draft, spans: others }, around.inner_end, around.end, `](${address})`);
    const span = { ...around, end: around.inner_end + address.length + 3, target };
    return { ...draft, spans: [...draft.spans, span].sort(byPlace), caret: span.end };
  }
  if (!target) return null;
  if (from === to) {
    draft = splice(draft, from, to, words, [], 1);
    to = from + words.length;
  }
  [from, to] = trimmed(draft.text, ...withinMarks(draft.spans, from, to));
  if (from >= to || stretchesWithout(draft.spans, from, to).length > 1 || draft.spans.some((span) => span.kind === "link" && span.start < to && span.end > from)) return null;
  draft = splice(draft, to, to, `](${address})`);
  draft = splice(draft, from, from, "[", [], 1);
  const span: Span = { kind: "link", start: from, inner_start: from + 1, inner_end: to + 1, end: to + address.length + 4, target };
  return { ...draft, spans: [...draft.spans, span].sort(byPlace), caret: span.end };
}

