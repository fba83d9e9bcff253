// What the Write page begins once: what is typed goes to the outbox, the page shows how it stands, and fields get their tools.
import { onText, setCellHooks } from "./cell";
import { startConflicts } from "./conflict";
import { isComposing } from "./ime";
import { bindKeys } from "./keys";
import { sendAll, startOutbox, typed } from "./outbox";
import { startOutside } from "./outside";
import { saySaved, showSaved, startSaved } from "./save-state";
import { startTools } from "./tools";
import { redo, undo } from "./undo";

let isStarted = false;

/** Begin to keep, send and show what is typed; every Write page calls it. */
export function startSaving(): void {
  if (!isStarted) {
    isStarted = true;
    startOutbox(isComposing);
    onText(typed);
    startTools();
    setCellHooks({ undo: () => void undo(), redo: () => void redo() });
    bindKeys({ keys: "Ctrl+S", does: "Save now", act: saveNow });
    startSaved();
    startConflicts();
    startOutside();
  }
  showSaved();
}

function saveNow(): boolean {
  void sendAll().then(saySaved);
  return true;
}
