// A field: a CodeMirror view of one text. Every change a person makes goes through text-edits.ts; compositions do so when they end.
import { Annotation, EditorSelection, EditorState, Text, type Extension, type Transaction, type TransactionSpec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { note } from "./dialog";
import { replace, restingPlace, sameLooking, type Draft, type Pending } from "./text-edits";
import { isComposing } from "./ime";
import { asSource, type Written } from "./markup";
import { isWholeGap, pendingIn, setPending, setSpans, spansExtension, spansIn, writtenIn } from "./spans";
import type { Span } from "./types";
import { t } from "./words";

/** Marks a transaction that needs no further work: it comes from text-edits.ts, or from the file. */
const prepared = Annotation.define<"typed" | "file">();

/** What a field tells the cell it belongs to. */
export type FieldEvents = {
  /** The words changed: by typing, outside of a composition, or by the end of one. */
  changed: (view: EditorView, before: Written) => void;
  /** `{{` was typed, and is not in the text: the list of facts is wanted at the caret. */
  wantsFact: (view: EditorView) => void;
};

/** Make the state of a field. */
export function fieldState(text: string, spans: readonly Span[], events: FieldEvents, more: Extension): EditorState {
  return EditorState.create({
    doc: docOf(text),
    extensions: [
      EditorState.lineSeparator.of("\n"),
      EditorView.lineWrapping,
      spansExtension(spans),
      EditorState.transactionFilter.of((transaction) => filtered(transaction)),
      composition(events),
      EditorView.updateListener.of((update) => {
        for (const transaction of update.transactions)
          if (transaction.docChanged && transaction.annotation(prepared) === "typed") events.changed(update.view, writtenIn(transaction.startState));
      }),
      more,
    ],
  });
}

/** A text as CodeMirror's document: only the line feed ends a line. */
function docOf(text: string): Text {
  return Text.of(text.split("\n"));
}

/** Type or paste words in place of the selection: every character stays what it is. */
export function typeWords(view: EditorView, words: string, userEvent = "input.type"): void {
  const { from, to } = view.state.selection.main;
  putPiece(view, from, to, pieceOf(words), userEvent);
}

/** Words as a piece of source text; a bracket of a gap that stands alone is left out, and that is said. */
function pieceOf(words: string): Written {
  const piece = asSource(words);
  const brackets = (text: string) => text.match(/[⟦⟧]/g)?.length ?? 0;
  if (brackets(piece.text) < brackets(words)) note(t("The brackets ⟦ and ⟧ enclose words that are still to be written. One without the other was left out."));
  return piece;
}

/** Put a piece of source text in place of a stretch. */
export function putPiece(view: EditorView, from: number, to: number, piece: Written, userEvent: string): void {
  const written = writtenIn(view.state);
  [from, to] = aroundOpenText(view.state, from, to);
  dispatchDraft(view, replace(written, from, to, piece, pendingIn(view.state)), userEvent);
}

/** Show a draft that was made from the field's text. */
export function dispatchDraft(view: EditorView, draft: Draft, userEvent: string, selection?: EditorSelection): void {
  view.dispatch({
    changes: draft.changes,
    selection: selection ?? EditorSelection.cursor(draft.caret),
    effects: [setSpans.of(draft.spans), setPending.of(draft.pending)],
    annotations: prepared.of("typed"),
    userEvent,
    scrollIntoView: true,
  });
}

/** Put a text of the file in place of the field's, and keep the caret where it is in the words. */
export function showText(view: EditorView, written: Written, by: "file" | "typed" = "file"): void {
  view.dispatch({
    changes: differenceOf(view.state.doc.toString(), written.text),
    effects: setSpans.of(written.spans),
    annotations: prepared.of(by),
  });
}

/** The one stretch in which two texts differ, as a change. */
function differenceOf(before: string, after: string): { from: number; to: number; insert: Text } {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from += 1;
  let same = 0;
  while (same < most - from && before[before.length - 1 - same] === after[after.length - 1 - same]) same += 1;
  return { from, to: before.length - same, insert: docOf(after.slice(from, after.length - same)) };
}

/** Take over a selection that the browser has just made, and has not told of yet. */
export function readSelection(view: EditorView): void {
  const selection = document.getSelection();
  if (!selection?.anchorNode || !selection.focusNode || !view.contentDOM.contains(selection.anchorNode) || !view.contentDOM.contains(selection.focusNode)) return;
  const anchor = view.posAtDOM(selection.anchorNode, selection.anchorOffset);
  const head = view.posAtDOM(selection.focusNode, selection.focusOffset);
  const { main } = view.state.selection;
  const spans = spansIn(view.state);
  const looksSame = (a: number, b: number) => a === b || sameLooking(spans, a)[0] === sameLooking(spans, b)[0];
  if (!looksSame(anchor, main.anchor) || !looksSame(head, main.head)) view.dispatch({ selection: EditorSelection.single(anchor, head), userEvent: "select" });
}

/** Changes that the browser made by itself become changes of text-edits.ts; the caret rests only where words may be typed. */
function filtered(transaction: Transaction): TransactionSpec | readonly TransactionSpec[] {
  if (transaction.annotation(prepared) || isComposing() || transaction.isUserEvent("input.type.compose")) return transaction;
  const { startState } = transaction;
  if (transaction.docChanged) {
    let from = startState.doc.length;
    let to = 0;
    transaction.changes.iterChangedRanges((fromA, toA) => ([from, to] = [Math.min(from, fromA), Math.max(to, toA)]));
    const words = transaction.newDoc.sliceString(from, to + transaction.newDoc.length - startState.doc.length);
    [from, to] = aroundOpenText(startState, from, to);
    const draft = replace(writtenIn(startState), from, to, pieceOf(words), pendingIn(startState));
    return {
      changes: draft.changes,
      selection: EditorSelection.cursor(draft.caret),
      effects: [setSpans.of(draft.spans), setPending.of(draft.pending)],
      annotations: prepared.of("typed"),
      scrollIntoView: true,
    };
  }
  const selection = transaction.selection?.main;
  if (!selection?.empty) return transaction;
  const place = restingPlace(writtenIn(startState), selection.head);
  return place === selection.head ? transaction : [transaction, { selection: EditorSelection.cursor(place), sequential: true }];
}

/** A text that is nothing but an open gap is replaced whole. */
function aroundOpenText(state: EditorState, from: number, to: number): [number, number] {
  return spansIn(state).some((span) => isWholeGap(span, state)) ? [0, state.doc.length] : [from, to];
}

/** Compositions: the browser and CodeMirror write them; when one has ended, it is worked into the text as if it had been typed at once. */
function composition(events: FieldEvents): Extension {
  let start: (Written & { caret: number; pending: Pending }) | null = null;
  const begin = (view: EditorView) => {
    if (start) finish(view);
    readSelection(view);
    const { from, to } = view.state.selection.main;
    const isPlain = spansIn(view.state).every((span) => span.end <= from || span.start >= to);
    if (from < to && !isPlain) putPiece(view, from, to, { text: "", spans: [] }, "delete.selection");
    start = { ...writtenIn(view.state), caret: view.state.selection.main.head, pending: pendingIn(view.state) };
  };
  const finish = (view: EditorView) => {
    if (!start) return;
    const before = start;
    start = null;
    const now = view.state.doc.toString();
    if (now === before.text) return;
    const { words, from, to } = composedWords(before, now);
    const isFact = /\{\{|｛｛/.test(words);
    const draft = replace(before, from, to, pieceOf(words.replace(/\{\{|｛｛/g, "")), before.pending);
    view.dispatch({
      changes: differenceOf(now, draft.text),
      ...(draft.text === now ? {} : { selection: EditorSelection.cursor(draft.caret) }),
      effects: [setSpans.of(draft.spans), setPending.of(draft.pending)],
      annotations: prepared.of("file"),
    });
    events.changed(view, before);
    if (isFact) events.wantsFact(view);
  };
  return EditorView.domEventObservers({
    compositionstart: (_, view) => begin(view),
    compositionend: (_, view) => void setTimeout(() => finish(view)),
    beforeinput: (event, view) => void (event.isComposing || finish(view)),
    blur: (_, view) => finish(view),
  });
}

/** The words that a composition put into a text, and where. */
function composedWords(before: Written & { caret: number }, now: string): { words: string; from: number; to: number } {
  const grown = now.length - before.text.length;
  const change = differenceOf(before.text, now);
  // The same letters may stand on both sides of the caret: the change is where the caret was.
  if (grown > 0 && change.from === change.to) {
    const { caret } = before;
    if (before.text.slice(0, caret) === now.slice(0, caret) && before.text.slice(caret) === now.slice(caret + grown))
      return { words: now.slice(caret, caret + grown), from: caret, to: caret };
    const [first, last] = [change.from, change.to + grown];
    return { words: now.slice(first, last), from: looksLike(before, first), to: looksLike(before, first) };
  }
  return { words: change.insert.toString(), from: change.from, to: change.to };
}

/** The place of the caret, when a composition went to another place that looks the same. */
function looksLike(before: Written & { caret: number }, at: number): number {
  return restingPlace(before, at) === restingPlace(before, before.caret) ? before.caret : at;
}
