// The tools of writing that every field has: clipboard, the bar at a selection, and their keys.
import type { EditorView } from "@codemirror/view";
import { barExtension, focusBar } from "./selection-bar";
import { chipNames } from "./chip-name";
import { cellHooks, extendFields, focusedField, focusedSpot } from "./cell";
import { clipboardExtension } from "./clipboard";
import type { Format } from "./text-edits";
import { toggleFormat } from "./format";
import { toOpen } from "./gaps";
import { bindKeys } from "./keys";
import { askForLink } from "./link";

/** Give all fields the tools, and put their keys into the table; called once. */
export function startTools(): void {
  const hooks = cellHooks();
  extendFields(() => barExtension);
  extendFields(() => chipNames);
  extendFields((lang, spot) => clipboardExtension(lang, (event, view) => hooks.paste?.(event, spot(view)) ?? false, (event, view) => hooks.drop?.(event, spot(view)) ?? false));
  const inField = (act: (view: EditorView) => void) => () => {
    const field = focusedField();
    if (field) act(field.view);
    return Boolean(field);
  };
  const format = (kind: Format) => inField((view) => toggleFormat(view, kind));
  const native = () => false;
  bindKeys(
    { keys: "Ctrl+B", does: "Bold", act: format("strong") },
    { keys: "Ctrl+I", does: "Italic", act: format("emphasis") },
    { keys: "Ctrl+K", does: "Link", act: inField(askForLink) },
    { keys: "Ctrl+Alt+F", does: "Footnote", act: footnote },
    { keys: "Alt+F10", does: "To the bar of the selected words", act: focusBar },
    { keys: "F8", does: "Next open text or gap", act: () => toOpen(true) },
    { keys: "Shift+F8", does: "Previous open text or gap", act: () => toOpen(false) },
    { keys: "Shift+Enter", does: "New line in the same text", act: native },
    { keys: "Ctrl+Shift+V", does: "Paste words only", act: native },
  );
}

/** AltGr is Ctrl+Alt on some keyboards: it types a character. */
function footnote(event: KeyboardEvent): boolean {
  const spot = focusedSpot();
  return Boolean(spot && !event.getModifierState("AltGraph") && cellHooks().footnote?.(spot));
}
