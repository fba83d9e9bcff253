// F1: the keys, from the one table of keys.
import { openDialog } from "./dialog";
import { el } from "./dom";
import { bindKeys, keyPurpose, keyTable } from "./keys";
import { t } from "./words";

/** Show the keys at F1. */
export function startKeyHelp(): void {
  bindKeys({ keys: "F1", does: "Show the keys", act: () => {
    showKeys();
    return true;
  } });
}

/** Show all keys in a dialog. */
export function showKeys(): void {
  if (document.querySelector(".keys")) return;
  const purposes = new Map<string, string[]>();
  for (const key of keyTable()) purposes.set(keyPurpose(key), [...(purposes.get(keyPurpose(key)) ?? []), key.keys]);
  const rows = [...purposes].map(([does, keys]) => el("tr", {}, el("th", { scope: "row" }, does), el("td", {}, ...keys.flatMap((name, index) => [index ? " " : null, el("kbd", {}, nameOfKeys(name))]))));
  const table = el("table", { class: "keys" },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("What it does")), el("th", { scope: "col" }, t("Keys")))), el("tbody", {}, ...rows));
  const close = el("button", { type: "button", class: "button first", onclick: () => dialog.close() }, t("Close"));
  const dialog = openDialog(t("Keys"), [el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": t("Keys") }, table), el("div", { class: "acts" }, close)]);
}

/** The keys as they are printed on the keyboard: arrows as signs. */
function nameOfKeys(keys: string): string {
  const signs: Record<string, string> = { Up: "↑", Down: "↓", Left: "←", Right: "→" };
  return keys.split("+").map((part) => signs[part] ?? part).join("+");
}
