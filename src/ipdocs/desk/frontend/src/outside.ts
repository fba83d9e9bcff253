// What happens to the document outside of this window: other windows, other programs.
import { note } from "./dialog";
import { onAway, onEvent } from "./events";
import { serverIs } from "./outbox";
import { openDocument, tab } from "./store";
import { timeOf } from "./save-state";
import type { DeskEvent, Patch } from "./types";
import { m, t } from "./words";

/** Follow what happens outside; called once. */
export function startOutside(): void {
  onEvent(tellChange);
  onAway(serverIs);
}

function tellChange(event: DeskEvent): void {
  const view = openDocument();
  const patch = event["patch"] as Patch | undefined;
  if (!view || event.document !== view.document || event.tab === tab || !patch || patch.problem) return;
  const names = patch.rows.map((row) => m(row.name));
  const values = { names: names.slice(0, 3).join(", "), time: timeOf(new Date().toISOString()) };
  if (!names.length) return;
  if (event.type === "changed") note(names.length > 3 ? t("{names} and others were changed outside at {time}", values) : t("{names}: changed outside at {time}", values));
  else note(t("{names}: changed in another window at {time}", values));
}
