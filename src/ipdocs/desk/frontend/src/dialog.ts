// Dialogs and menus. Escape closes them and gives the focus back; none of them takes words away.
import { el, freshId, type Child } from "./dom";
import { t } from "./words";

type Dialog = { element: HTMLDialogElement; close: () => void };

/** Open a dialog with a heading. It is taken out of the page when it closes. */
export function openDialog(heading: string, content: Child[], onclose?: () => void): Dialog {
  const id = freshId("dialog");
  const before = document.activeElement;
  const element = el("dialog", { class: "dialog", "aria-labelledby": id }, el("h2", { id }, heading), ...content);
  element.addEventListener("close", () => {
    element.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
    onclose?.();
  });
  document.body.append(element);
  element.showModal();
  return { element, close: () => element.close() };
}

/** Ask something with two answers; resolves to whether the first was pressed. */
export function ask(heading: string, question: string, yes: string): Promise<boolean> {
  return new Promise((resolve) => {
    let answer = false;
    const choose = (value: boolean) => () => {
      answer = value;
      dialog.close();
    };
    const buttons = el("div", { class: "acts" },
      el("button", { type: "button", class: "button first", onclick: choose(true) }, yes),
      el("button", { type: "button", class: "button", onclick: choose(false) }, t("Cancel")));
    const dialog = openDialog(heading, [el("p", {}, question), buttons], () => resolve(answer));
  });
}

export type MenuItem = { label: string; act: () => void; disabled?: string | false; keys?: string } | "line";

/** Open a menu at an element: arrows move in it, Enter chooses, Escape closes. `back` puts the focus elsewhere than on the element. */
export function openMenu(anchor: HTMLElement, label: string, items: MenuItem[], back?: () => void): void {
  document.querySelector(".menu")?.remove();
  const menu = el("div", { class: "menu", role: "menu", "aria-label": label, tabindex: -1 });
  let open = true;
  const close = (focus: boolean) => {
    if (!open) return;
    open = false;
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    if (focus && back) back();
    else if (focus && anchor.isConnected) anchor.focus();
  };
  const outside = (event: Event) => {
    if (!menu.contains(event.target as Node)) close(false);
  };
  for (const item of items) {
    if (item === "line") {
      menu.append(el("div", { role: "separator", class: "menu-line" }));
      continue;
    }
    const act = () => {
      if (item.disabled) return;
      close(true);
      item.act();
    };
    menu.append(el("button", { type: "button", role: "menuitem", tabindex: -1, "aria-disabled": item.disabled ? "true" : null, title: item.disabled || null, onclick: act },
      el("span", {}, item.label), item.keys ? el("kbd", {}, item.keys) : null));
  }
  menu.addEventListener("keydown", (event) => {
    const buttons = [...menu.querySelectorAll<HTMLElement>("[role=menuitem]")];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + (at < 0 ? 1 : 0), Home: 0, End: -1 }[event.key];
    if (to !== undefined) buttons.at(to % buttons.length)?.focus();
    else if (event.key === "Escape" || event.key === "Tab") close(true);
    else if (event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey)
      buttons.find((button) => button.textContent?.toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  (anchor.closest("dialog, main, aside, header") ?? document.body).append(menu);
  const box = anchor.getBoundingClientRect();
  menu.style.setProperty("left", `${Math.max(8, Math.min(box.left, innerWidth - menu.offsetWidth - 8))}px`);
  const below = box.bottom + 4 + menu.offsetHeight < innerHeight || box.top < menu.offsetHeight;
  menu.style.setProperty("top", `${below ? box.bottom + 4 : box.top - menu.offsetHeight - 4}px`);
  document.addEventListener("pointerdown", outside, true);
  menu.querySelector<HTMLElement>("[role=menuitem]")?.focus();
}

/** Show a note at the foot of the page for some seconds, with one button at most. */
export function note(text: string, action?: { label: string; act: () => void }, seconds = 8): void {
  document.querySelector(".note")?.remove();
  const element = el("div", { class: "note", role: "status" }, el("span", {}, text));
  if (action) {
    const act = () => {
      element.remove();
      action.act();
    };
    element.append(el("button", { type: "button", class: "button small", onclick: act }, action.label));
  }
  document.body.append(element);
  setTimeout(() => element.remove(), seconds * 1000);
}
