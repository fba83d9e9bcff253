// What screen readers say: one polite region, and an assertive one for what must not be missed.
import { el } from "./dom";

const polite = el("p", { class: "unseen", role: "status", "aria-live": "polite" });
const urgent = el("p", { class: "unseen", role: "alert", "aria-live": "assertive" });

/** Put the regions into the page; called once. */
export function startSaying(): void {
  document.body.append(polite, urgent);
}

/** Say something when the reader has time. */
export function say(text: string): void {
  put(polite, text);
}

/** Say at once that something typed is not saved. */
export function sayUrgent(text: string): void {
  put(urgent, text);
}

function put(region: HTMLElement, text: string): void {
  region.textContent = region.textContent === text ? `${text}\u00a0` : text; // the same words twice are said twice
}
