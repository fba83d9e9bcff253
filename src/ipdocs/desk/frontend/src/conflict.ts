// The card of a conflict: a text that somebody else changed while it was written here. Nothing is written for it until a button is pressed.
import { difference } from "./difference";
import { el, type Child } from "./dom";
import { showCards } from "./card-groups";
import { conflicts, decide, onSaving, refusals } from "./outbox";
import { say } from "./say";
import { cellOf, onChange, openDocument } from "./store";
import type { Conflict, CoreFinding, Language } from "./types";
import { t, told } from "./words";

const rowsWithCards = new Set<string>();
const announced = new Set<string>();

/** Show a card for each conflict, as long as it stands; called once. */
export function startConflicts(): void {
  onSaving(showConflicts);
  onChange(() => queueMicrotask(showConflicts));
}

function showConflicts(): void {
  const view = openDocument();
  if (!view) return;
  const cards = new Map<string, HTMLElement[]>([...rowsWithCards].map((row) => [row, []]));
  rowsWithCards.clear();
  for (const conflict of conflicts()) {
    const row = view.rows.find(({ id, lines }) => lines.some(({ cells }) => cells[conflict.lang]?.place === conflict.place) || id === conflict.place.split(".")[0])?.id ?? view.rows[0]?.id;
    const language = view.languages.find(({ code }) => code === conflict.lang);
    if (row === undefined || !language) continue;
    cards.set(row, [...(cards.get(row) ?? []), cardOf(conflict, language)]);
    rowsWithCards.add(row);
    const key = `${conflict.lang} ${conflict.place} ${conflict.theirs}`;
    if (!announced.has(key)) document.querySelector(".note")?.remove(); // the card says it better
    if (!announced.has(key)) say(t("Somebody else changed the text that you write. Choose below it which words stay."));
    announced.add(key);
  }
  for (const { place, lang, findings } of refusals()) {
    const row = view.rows.find(({ lines }) => lines.some(({ cells }) => cells[lang]?.place === place))?.id;
    const language = view.languages.find(({ code }) => code === lang);
    if (row === undefined || !language) continue;
    cards.set(row, [...(cards.get(row) ?? []), refusalOf(findings, language)]);
    rowsWithCards.add(row);
  }
  for (const [row, list] of cards) showCards(row, "conflict", list);
}

/** The card of a text that cannot stand in the file as it is. */
function refusalOf(findings: CoreFinding[], language: Language): HTMLElement {
  const [finding] = findings;
  return el("div", { class: "card of-error of-refusal" }, el("p", { class: "say" },
    el("span", { class: "tongue", lang: language.tag }, language.short), el("span", { class: "what" }, t("These words are not saved yet:")), ` ${finding ? told(finding) : ""} `, finding?.hint ?? ""));
}

function cardOf(conflict: Conflict, language: Language): HTMLElement {
  const theirs = cellOf(conflict.place, conflict.lang)?.text ?? conflict.theirs;
  const mine = conflict.mine ?? "";
  const exists = cellOf(conflict.place, conflict.lang) !== null;
  const tongue = el("span", { class: "tongue", lang: language.tag }, language.short);
  const button = (label: string, act: () => void, first = false) =>
    el("button", { type: "button", class: first ? "button small first" : "button small", onclick: act }, label);
  const take = (text: string | null) => () => decide(conflict, text);
  const both = [mine, theirs ?? ""].filter(Boolean).join(/[\p{Script=Han}，。、；：？！」』）]$/u.test(mine) ? "" : " ");
  const buttons = exists
    ? [button(t("Keep mine"), take(mine), true), button(t("Take theirs"), take(null)), theirs ? button(t("Both"), take(both)) : null]
    : [button(t("Copy my words"), () => void navigator.clipboard.writeText(mine), true), button(t("Let my words go"), take(null))];
  const what = exists ? t("These words were changed elsewhere while you wrote.") : t("This text was taken out elsewhere while you wrote.");
  return el("div", { class: "card of-stale of-conflict", role: "group", "aria-label": t("Two versions of one text") },
    el("div", { class: "say" },
      el("p", {}, tongue, el("span", { class: "what" }, what)),
      el("dl", { class: "versions" },
        el("dt", {}, t("Yours")), el("dd", { lang: language.tag }, ...marked(theirs ?? "", mine, "new", language)),
        ...(exists ? [el("dt", {}, t("Theirs")), el("dd", { lang: language.tag }, ...marked(theirs ?? "", mine, "old", language))] : []))),
    el("div", { class: "acts" }, ...buttons));
}

/** One of the two texts, with the words marked that the other does not have. */
function marked(theirs: string, mine: string, kind: "old" | "new", language: Language): Child[] {
  const pieces = difference(theirs, mine).filter((piece) => piece.kind === "same" || piece.kind === kind);
  if (!pieces.length) return [el("span", { class: "quiet" }, t("No words"))];
  return pieces.map(({ text, kind: its }) => (its === "same" ? el("span", {}, ...readable(text, language)) : el("ins", {}, ...readable(text, language))));
}

/** Source text as it reads: facts with their values, without marks. */
function readable(text: string, language: Language): Child[] {
  return text.split(/(\{\{.*?\}\})/s).map((part) => {
    const expression = /^\{\{\s*(.*?)\s*\}\}$/s.exec(part)?.[1];
    if (expression === undefined) return part.replace(/\*\*|\\(?=[*[\]\\{}^~])/g, "");
    const fact = openDocument()?.facts.find(({ name }) => name === expression.split("|")[0]!.trim());
    const reads = fact?.forms[language.code]?.find((form) => form.expression === expression)?.reads ?? fact?.reads[language.code] ?? expression;
    return el("span", { class: "chip" }, reads);
  });
}
