// After a text was split in one language, the others keep all of it: a card offers to split them, too.
import { openCell, spotIn } from "./cell";
import { el } from "./dom";
import { showCards } from "./card-groups";
import { cellOf, onChange, openDocument } from "./store";
import type { Language } from "./types";
import { isOpen, run } from "./standing";
import { t } from "./words";

let offered: { row: string; place: string; languages: Set<string> } | null = null;
let isListening = false;

/** Offer to split a text in the languages in which it still stands whole. */
export function offerSplit(row: string, place: string, lang: string): void {
  listen();
  if (offered?.row === row && offered.place === place) offered.languages.delete(lang);
  else {
    if (offered) showCards(offered.row, "split", []);
    const others = openDocument()?.languages.filter((language) => !language.derived_from && language.code !== lang && !isOpen(cellOf(place, language.code)?.text)) ?? [];
    offered = { row, place, languages: new Set(others.map(({ code }) => code)) };
  }
  draw();
}

function listen(): void {
  if (isListening) return;
  isListening = true;
  onChange(() => queueMicrotask(draw));
}

function draw(): void {
  if (!offered) return;
  const { row, place, languages } = offered;
  const known = openDocument()?.languages.filter(({ code }) => languages.has(code) && cellOf(place, code)) ?? [];
  showCards(row, "split", known.map((language) => card(place, language)));
  if (!known.length) offered = null;
}

function card(place: string, language: Language): HTMLElement {
  return el("div", { class: "card of-note", role: "group" },
    el("p", { class: "say" }, el("span", { class: "tongue", lang: language.tag }, language.name),
      t("It still has the whole text. Put the caret where it is to be split, and press Enter there.")),
    el("div", { class: "acts" },
      el("button", { type: "button", class: "button small", onclick: () => splitHere(place, language.code) }, t("Split here too")),
      el("button", { type: "button", class: "button small plain", onclick: () => dismiss(language.code) }, t("Leave it whole"))));
}

/** Split at the caret of the language, or go to its text where there is no caret within it. */
function splitHere(place: string, lang: string): void {
  const spot = spotIn(place, lang);
  if (!spot || spot.at <= 0 || spot.at >= spot.text.length) {
    openCell(place, lang, Math.floor((cellOf(place, lang)?.text?.length ?? 0) / 2));
    return;
  }
  const row = offered?.row;
  void run([{ type: "split", place, lang, at: spot.at, before: spot.text }]).then((patch) => patch && row && offerSplit(row, place, lang));
}

function dismiss(lang: string): void {
  offered?.languages.delete(lang);
  draw();
}
