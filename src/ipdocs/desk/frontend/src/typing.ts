// Keys and input events in a field. Nothing here acts while an input method composes.
import { EditorSelection, Prec, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { clusterBreak } from "./clusters";
import { sameLooking, wrapGap } from "./text-edits";
import { dispatchDraft, putPiece, readSelection, typeWords } from "./field";
import { isForInputMethod } from "./ime";
import { hiddenOf, isChip } from "./markup";
import { pendingIn, spansIn, writtenIn } from "./spans";
import type { Span } from "./types";

/** What keys at the edges of a field ask for; each returns whether it did something. */
export type EdgeEvents = {
  enter: (view: EditorView) => boolean;
  backspaceAtStart: (view: EditorView) => boolean;
  deleteAtEnd: (view: EditorView) => boolean;
  wantsFact: (view: EditorView) => void;
  openChip: (view: EditorView, span: Span) => void;
  takeBack: () => void;
  redo: () => void;
  format: (view: EditorView, format: "strong" | "emphasis") => void;
};

/** The keys and input events of a field. */
export function typingExtension(events: EdgeEvents): Extension {
  return Prec.high(
    EditorView.domEventHandlers({
      keydown: (event, view) => !isForInputMethod(event) && (readSelection(view), keyDown(view, event, events)),
      beforeinput: (event, view) => !event.isComposing && (readSelection(view), beforeInput(view, event, events)),
      mousedown: (event, view) => pressOnChip(view, event, events),
    }),
  );
}

/** The chip that is selected as a whole. */
export function selectedChip(view: EditorView): Span | null {
  const { from, to } = view.state.selection.main;
  return spansIn(view.state).find((span) => isChip(span.kind) && span.start === from && span.end === to) ?? null;
}

function keyDown(view: EditorView, event: KeyboardEvent, events: EdgeEvents): boolean {
  if (event.metaKey && !event.key.startsWith("Arrow")) return false;
  const byWord = event.ctrlKey || event.altKey;
  switch (event.key) {
    case "ArrowLeft":
    case "ArrowRight":
      if (event.metaKey || (event.altKey && event.shiftKey)) return false;
      return move(view, event.key === "ArrowRight", byWord, event.shiftKey);
    case "Enter": {
      if (event.ctrlKey || event.altKey) return false;
      if (event.shiftKey) typeWords(view, "\n");
      else {
        const chip = selectedChip(view);
        if (chip) events.openChip(view, chip);
        else events.enter(view);
      }
      return true;
    }
    case "Backspace":
    case "Delete":
      if (event.altKey || event.metaKey || (event.shiftKey && event.key === "Delete")) return false;
      return erase(view, event.key === "Delete", event.ctrlKey ? "word" : "character", events);
    default:
      return false;
  }
}

function beforeInput(view: EditorView, event: InputEvent, events: EdgeEvents): boolean {
  const words = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
  switch (event.inputType) {
    case "insertText":
      type(view, words, events);
      return true;
    case "insertReplacementText": {
      const [range] = event.getTargetRanges();
      if (range) {
        const from = view.posAtDOM(range.startContainer, range.startOffset);
        const to = view.posAtDOM(range.endContainer, range.endOffset);
        view.dispatch({ selection: EditorSelection.single(from, to) });
      }
      typeWords(view, words);
      return true;
    }
    case "insertParagraph":
      events.enter(view);
      return true;
    case "insertLineBreak":
      typeWords(view, "\n");
      return true;
    case "deleteContentBackward":
    case "deleteContentForward":
      return erase(view, event.inputType.endsWith("Forward"), "character", events);
    case "deleteWordBackward":
    case "deleteWordForward":
      return erase(view, event.inputType.endsWith("Forward"), "word", events);
    case "deleteSoftLineBackward":
    case "deleteSoftLineForward":
    case "deleteHardLineBackward":
    case "deleteHardLineForward":
      return erase(view, event.inputType.endsWith("Forward"), "line", events);
    case "historyUndo":
      events.takeBack();
      return true;
    case "historyRedo":
      events.redo();
      return true;
    case "formatBold":
    case "formatItalic":
      events.format(view, event.inputType === "formatBold" ? "strong" : "emphasis");
      return true;
    default:
      return event.inputType.startsWith("format") || event.inputType === "insertTranspose" || event.inputType === "insertLink";
  }
}

/** Type characters; `{{` opens the list of facts, and ⟦ makes a gap. */
function type(view: EditorView, words: string, events: EdgeEvents): void {
  const { from, to } = view.state.selection.main;
  const before = view.state.doc.sliceString(from - 1, from);
  const brace = words.search(/\{\{|｛｛/);
  if ((words === "{" || words === "｛") && from === to && before === words && isWord(view, from - 1)) {
    const start = spansIn(view.state).some((span) => span.kind === "escape" && span.end === from) ? from - 2 : from - 1;
    putPiece(view, start, to, { text: "", spans: [] }, "delete.backward");
    events.wantsFact(view);
  } else if (brace >= 0) {
    typeWords(view, words.replace(/\{\{|｛｛/g, ""));
    events.wantsFact(view);
  } else if (words === "⟦") makeGap(view);
  else if (words === "⟧") leaveGap(view);
  else typeWords(view, words);
}

/** Whether the character at a place is a word of the text, and not part of a mark or chip. */
function isWord(view: EditorView, at: number): boolean {
  return !hiddenOf(spansIn(view.state)).some((range) => range.from <= at && at < range.to);
}

/** Mark the selection as words still to be written; without a selection, leave a place for them. */
export function makeGap(view: EditorView): void {
  const { from, to } = view.state.selection.main;
  const draft = wrapGap(writtenIn(view.state), from, to);
  if (draft) dispatchDraft(view, { ...draft, pending: from === to ? { gap: from } : {} }, "input.gap", EditorSelection.single(draft.caret));
}

/** A closing bracket: the caret leaves the gap, or the words typed since the opening bracket become one. */
function leaveGap(view: EditorView): void {
  const { head } = view.state.selection.main;
  const gap = spansIn(view.state).find((span) => span.kind === "gap" && span.inner_start <= head && head <= span.inner_end);
  if (gap) return view.dispatch({ selection: EditorSelection.cursor(gap.end), userEvent: "select" });
  const begin = pendingIn(view.state).gap ?? head;
  const draft = begin < head ? wrapGap(writtenIn(view.state), begin, head) : null;
  if (draft) dispatchDraft(view, draft, "input.gap", EditorSelection.single(draft.caret + 1));
  else typeWords(view, "⟧");
}

/** Move over one character, chip or word; marks at the caret are passed without a stop. */
function move(view: EditorView, forward: boolean, byWord: boolean, extend: boolean): boolean {
  const { main } = view.state.selection;
  const spans = spansIn(view.state);
  const next = (head: number): number => {
    const [first, last] = sameLooking(spans, head);
    const start = EditorSelection.cursor(forward ? last : first);
    if (byWord) return view.moveByGroup(start, forward).head;
    const moved = view.moveByChar(start, forward).head;
    const whole = clusterBreak(view.state.doc.toString(), start.head, forward);
    return forward ? Math.max(moved, whole) : Math.min(moved, whole);
  };
  if (!main.empty && !extend && !byWord) {
    view.dispatch({ selection: EditorSelection.cursor(forward ? main.to : main.from), scrollIntoView: true, userEvent: "select" });
    return true;
  }
  const head = next(main.head);
  const selection = extend ? EditorSelection.single(main.anchor, head) : EditorSelection.single(head);
  view.dispatch({ selection, scrollIntoView: true, userEvent: "select" });
  return true;
}

function erase(view: EditorView, forward: boolean, unit: "character" | "word" | "line", events: EdgeEvents): boolean {
  const { main } = view.state.selection;
  const text = view.state.doc.toString();
  const spans = spansIn(view.state);
  const nothing = { text: "", spans: [] };
  const userEvent = forward ? "delete.forward" : "delete.backward";
  if (!main.empty) {
    putPiece(view, main.from, main.to, nothing, userEvent);
    return true;
  }
  const [first, last] = sameLooking(spans, main.head);
  const at = forward ? last : first;
  if (forward ? at >= text.length : at <= 0) return forward ? (events.deleteAtEnd(view), true) : (events.backspaceAtStart(view), true);
  const chip = spans.find((span) => isChip(span.kind) && (forward ? span.start === at : span.end === at));
  if (chip) {
    view.dispatch({ selection: EditorSelection.single(chip.start, chip.end), userEvent: "select" });
    return true;
  }
  const to = unit === "character" ? clusterAt(text, spans, at, forward)
    : unit === "word" ? view.moveByGroup(EditorSelection.cursor(at), forward).head
    : view.moveToLineBoundary(EditorSelection.cursor(at), forward).head;
  putPiece(view, Math.min(at, to), Math.max(at, to), nothing, userEvent);
  return true;
}

/** The other end of the character at a place; an escaped character has its backslash. */
function clusterAt(text: string, spans: readonly Span[], at: number, forward: boolean): number {
  const escape = spans.find((span) => span.kind === "escape" && (forward ? span.start === at : span.end === at));
  if (escape) return forward ? escape.end : escape.start;
  return clusterBreak(text, at, forward);
}

/** A click selects a chip; a click on a selected chip opens its card. */
function pressOnChip(view: EditorView, event: MouseEvent, events: EdgeEvents): boolean {
  const element = (event.target as Element).closest(".chip");
  if (!element || event.button || event.shiftKey) return false;
  const at = view.posAtDOM(element);
  const chip = spansIn(view.state).find((span) => isChip(span.kind) && span.start <= at && at < span.end);
  if (!chip) return false;
  const isSelected = selectedChip(view) === chip;
  view.focus();
  view.dispatch({ selection: EditorSelection.single(chip.start, chip.end), userEvent: "select.pointer" });
  if (isSelected) events.openChip(view, chip);
  return true;
}
