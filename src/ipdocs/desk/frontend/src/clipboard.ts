// Copy, cut, paste and dragging of words: other programs get what is shown, other cells get facts as facts.
import { EditorSelection, Prec, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { drawWords } from "./drawing";
import { el } from "./dom";
import { putPiece, typeWords } from "./field";
import { PIECE_TYPE, pieceWithin, readPiece, wordsOf, writePiece } from "./piece";
import { writtenIn } from "./spans";

const NOTHING = { text: "", spans: [] };
type Stretch = { view: EditorView; from: number; to: number };
let dragged: Stretch | null = null;
/** What was selected when the button of the mouse was pressed. */
let pressed: Stretch | null = null;

/** The clipboard of a field; `paste` and `drop` may take what is more than words. */
export function clipboardExtension(
  lang: string,
  paste: (event: ClipboardEvent, view: EditorView) => boolean,
  drop: (event: DragEvent, view: EditorView) => boolean,
): Extension {
  return Prec.high(
    EditorView.domEventHandlers({
      copy: (event, view) => copy(view, event.clipboardData, lang),
      cut: (event, view) => {
        const { from, to } = view.state.selection.main;
        if (copy(view, event.clipboardData, lang) && from < to) putPiece(view, from, to, NOTHING, "delete.cut");
        return true;
      },
      paste: (event, view) => {
        if (paste(event, view)) return true;
        const { from, to } = view.state.selection.main;
        putData(view, event.clipboardData, from, to, lang, "input.paste");
        return true;
      },
      mousedown: (_, view) => void (pressed = { view, ...rangeIn(view) }),
      dragstart: (event, view) => {
        // A quick drag moves far before it is known as one, and has changed the selection.
        if (pressed?.view === view && pressed.from < pressed.to) view.dispatch({ selection: EditorSelection.single(pressed.from, pressed.to) });
        const { from, to } = rangeIn(view);
        dragged = { view, from, to };
        return !copy(view, event.dataTransfer, lang, false);
      },
      dragend: () => void (dragged = null),
      drop: (event, view) => {
        if (!drop(event, view)) dropWords(view, event, lang);
        dragged = null;
        return true;
      },
    }),
  );
}

function rangeIn(view: EditorView): { from: number; to: number } {
  const { from, to } = view.state.selection.main;
  return { from, to };
}

function copy(view: EditorView, data: DataTransfer | null, lang: string, isClipboard = true): boolean {
  const { from, to } = view.state.selection.main;
  if (!data || from === to) return isClipboard;
  const piece = pieceWithin(writtenIn(view.state), from, to);
  if (isClipboard) data.clearData();
  data.setData("text/plain", wordsOf(piece));
  data.setData("text/html", el("span", { lang: view.contentDOM.lang }, ...drawWords(piece, "")).outerHTML);
  data.setData(PIECE_TYPE, writePiece(piece, lang));
  return true;
}

/** Put in what the clipboard or a drag holds. Line ends at the end of copied words are left out. */
function putData(view: EditorView, data: DataTransfer | null, from: number, to: number, lang: string, userEvent: string): void {
  const piece = readPiece(data?.getData(PIECE_TYPE) ?? "", lang);
  if (piece) return putPiece(view, from, to, piece, userEvent);
  const words = (data?.getData("text/plain") ?? "").replace(/[\r\n]+$/, "");
  if (!words) return;
  view.dispatch({ selection: EditorSelection.single(from, to) });
  typeWords(view, words, userEvent);
}

function dropWords(view: EditorView, event: DragEvent, lang: string): void {
  let at = view.posAtCoords({ x: event.clientX, y: event.clientY }, false);
  const source = event.ctrlKey ? null : dragged;
  if (source?.view === view && source.from <= at && at <= source.to) return;
  if (source) {
    const before = view.state.doc.length;
    putPiece(source.view, source.from, source.to, NOTHING, "move.drop");
    if (source.view === view && at >= source.to) at -= before - view.state.doc.length;
  }
  putData(view, event.dataTransfer, at, at, lang, "input.drop");
  view.focus();
}
