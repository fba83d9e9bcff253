// The spans of a field: kept as a list beside the text, mapped through changes, and drawn as decorations.
import { RangeSet, RangeSetBuilder, StateEffect, StateField, type EditorState, type Extension, type Range } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, type DecorationSet } from "@codemirror/view";
import { chipElement, openWords } from "./chip-element";
import { mapSpans, type Pending } from "./text-edits";
import { FORMAT_TAGS, hiddenOf, isChip, isPaired, type Written } from "./markup";
import { markAttributes, type FindingMark } from "./finding-marks";
import type { Span, SpanKind } from "./types";

/** Put other spans in place of all spans. */
export const setSpans = StateEffect.define<readonly Span[]>();
/** Switch formats for the words typed next. */
export const setPending = StateEffect.define<Pending>();
/** Mark findings in the words; each has the class of its severity. */
export const setFindings = StateEffect.define<readonly FindingMark[]>();

const spansField = StateField.define<readonly Span[]>({
  create: () => [],
  update(spans, transaction) {
    for (const effect of transaction.effects) if (effect.is(setSpans)) return effect.value;
    return transaction.docChanged ? mapSpans(spans, transaction.changes) : spans;
  },
  provide: (field) => [
    EditorView.decorations.compute([field, "doc"], (state) => decorationsOf(state, state.field(field))),
    EditorView.atomicRanges.compute([field], (state) => {
      const atoms = atomsOf(state.field(field));
      return () => atoms;
    }),
  ],
});

const pendingField = StateField.define<Pending>({
  create: () => ({}),
  update(pending, transaction) {
    for (const effect of transaction.effects) if (effect.is(setPending)) return effect.value;
    return transaction.docChanged || transaction.selection ? {} : pending;
  },
});

const findingsField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) if (effect.is(setFindings)) return findingMarks(effect.value, transaction.newDoc.length);
    return marks.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** What a field needs to hold and draw spans. */
export function spansExtension(spans: readonly Span[]): Extension {
  return [spansField.init(() => spans), pendingField, findingsField];
}

/** The text and spans of a field. */
export function writtenIn(state: EditorState): Written {
  return { text: state.doc.toString(), spans: state.field(spansField) };
}

export function spansIn(state: EditorState): readonly Span[] {
  return state.field(spansField);
}

export function pendingIn(state: EditorState): Pending {
  return state.field(pendingField);
}

class ChipWidget extends WidgetType {
  constructor(readonly span: Span) {
    super();
  }
  override eq(other: ChipWidget): boolean {
    return other.span.kind === this.span.kind && other.span.shown === this.span.shown && other.span.expression === this.span.expression;
  }
  override toDOM(): HTMLElement {
    return chipElement(this.span);
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

class OpenWordsWidget extends WidgetType {
  override eq(): boolean {
    return true;
  }
  override toDOM(view: EditorView): HTMLElement {
    return openWords(view.contentDOM.dataset.open ?? "…");
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

const hide = Decoration.replace({});
const MARKERS = new Map<SpanKind, Decoration>();

function decorationsOf(state: EditorState, spans: readonly Span[]): DecorationSet {
  const decorations: Range<Decoration>[] = [];
  const size = state.doc.length;
  for (const span of spans) {
    if (span.end > size) continue;
    if (isWholeGap(span, state)) decorations.push(Decoration.replace({ widget: new OpenWordsWidget() }).range(span.start, span.end));
    else if (isPaired(span.kind) && span.inner_end > span.inner_start) decorations.push(markerOf(span).range(span.inner_start, span.inner_end));
  }
  for (const { from, to, role, span } of hiddenOf(spans)) {
    if (to > size || isWholeGap(span, state)) continue;
    decorations.push((role === "whole" && isChip(span.kind) ? Decoration.replace({ widget: new ChipWidget(span) }) : hide).range(from, to));
  }
  return Decoration.set(decorations, true);
}

/** Whether the text is nothing but an open gap: it shows as an empty field. */
export function isWholeGap(span: Span, state: EditorState): boolean {
  return span.kind === "gap" && span.start === 0 && span.end === state.doc.length && /^⟦(…|\.\.\.)?⟧$/.test(state.doc.toString());
}

function markerOf(span: Span): Decoration {
  if (span.kind === "link") return Decoration.mark({ class: "link", attributes: { title: span.target ?? "" } });
  let marker = MARKERS.get(span.kind);
  if (!marker) {
    const tag = FORMAT_TAGS[span.kind];
    marker = Decoration.mark(tag ? { tagName: tag } : { class: span.kind });
    MARKERS.set(span.kind, marker);
  }
  return marker;
}

/** Ranges that the caret passes in one step. */
function atomsOf(spans: readonly Span[]): RangeSet<Decoration> {
  const builder = new RangeSetBuilder<Decoration>();
  let last = -1;
  for (const { from, to, span } of hiddenOf(spans)) {
    if (from < last) continue;
    last = span.kind === "escape" ? span.end : to;
    builder.add(from, last, hide);
  }
  return builder.finish();
}

function findingMarks(marks: readonly FindingMark[], size: number): DecorationSet {
  const shown = marks.filter(({ from, to }) => from < to && to <= size);
  return Decoration.set(shown.map((mark) => Decoration.mark({ attributes: markAttributes(mark) }).range(mark.from, mark.to)), true);
}
