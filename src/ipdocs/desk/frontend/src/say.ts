// What screen readers say: one polite region, and an assertive one for what must not be missed.
import { el } from "./dom";

const polite = el("p", { class: "unseen", role: "status", "aria-live": "polite" });
const urgent = el("p", { class: "unseen", role: "alert", "aria-live": "assertive" });

/** How long the polite region waits for what else there is to say: the last words would take the place of those before. */
const TOGETHER = 150;
const waiting: string[] = [];

/** Put the regions into the page; called whenever the page is drawn anew. */
export function startSaying(): void {
  document.body.append(polite, urgent);
}

/** Say something when the reader has time. */
export function say(text: string): void {
  if (!waiting.includes(text)) waiting.push(text);
  if (waiting.length > 1) return;
  setTimeout(() => put(polite, waiting.splice(0).map(sentence).join(" ")), TOGETHER);
}

/** Say at once that something typed is not saved. */
export function sayUrgent(text: string): void {
  put(urgent, text);
}

function put(region: HTMLElement, text: string): void {
  region.textContent = region.textContent === text ? `${text}\u00a0` : text; // the same words twice are said twice
}

/** Words that end like a sentence where others follow them. */
function sentence(text: string, index: number, all: string[]): string {
  return index === all.length - 1 || /[.!?。！？]$/.test(text) ? text : `${text}.`;
}
