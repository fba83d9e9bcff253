// One table of keys. F1 shows it; nothing acts while an input method composes.
import { t } from "./words";

type Key = {
  /** Such as "Ctrl+Alt+F", with modifiers in the order Ctrl, Alt, Shift. */
  keys: string;
  /** What it does, in the English of the catalog. */
  does: string;
  /** Acts, and returns whether it did; false lets the browser act. */
  act: (event: KeyboardEvent) => boolean;
};

const table = new Map<string, Key>();

/** Put keys into the table. The same keys may do one thing on one page and another on another; one that does the same is replaced. */
export function bindKeys(...keys: Key[]): void {
  for (const key of keys) table.set(`${key.keys} ${key.does}`, key);
}

/** All keys, for F1. */
export function keyTable(): Key[] {
  return [...table.values()];
}

/** Listen for the keys of the table; called once. */
export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    const name = nameOf(event);
    if ([...table.values()].some((key) => key.keys === name && key.act(event))) event.preventDefault();
  });
}

/** The name of the keys pressed, such as "Ctrl+Shift+F6". */
function nameOf(event: KeyboardEvent): string {
  const modifiers = [event.ctrlKey || event.metaKey ? "Ctrl" : "", event.altKey ? "Alt" : "", event.shiftKey ? "Shift" : ""];
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key.replace(/^Arrow/, "");
  return [...modifiers.filter(Boolean), key].join("+");
}

/** What a key does, in the language of the interface. */
export function keyPurpose(key: Key): string {
  return t(key.does);
}
