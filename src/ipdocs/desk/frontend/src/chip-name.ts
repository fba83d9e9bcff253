// The caret beside a chip says its fact: screen readers read the words of a chip like any others.
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { say } from "./say";
import { spansIn } from "./spans";
import { t } from "./words";

/** The caret may pass through a chip in steps; it is looked at when it rests. */
const REST = 100;
let timer = 0;
let beside: string | undefined;

/** Says "fact rise" when the caret comes to stand beside the chip of a fact, or selects it. */
export const chipNames: Extension = EditorView.updateListener.of(({ view, selectionSet, focusChanged }) => {
  if (!selectionSet && !focusChanged) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    const name = view.hasFocus ? factAt(view) : undefined;
    if (name && name !== beside) say(t("fact {name}", { name }));
    beside = name;
  }, REST);
});

/** The fact whose chip ends or begins at the caret, or is selected as a whole. */
function factAt(view: EditorView): string | undefined {
  const { from, to } = view.state.selection.main;
  return spansIn(view.state).find(({ kind, start, end }) => kind === "fact" && (from === to ? start === from || end === from : start === from && end === to))?.name;
}
