// Cards below the rows: what is wrong, what the other language says, and the buttons that put it right or leave it.
import { Refused, Unreachable } from "./api";
import { focusedSpot, insertPiece, openCell, spotIn } from "./cell";
import { dealWith, shownFindings } from "./findings";
import { note } from "./dialog";
import { el, freshId, type Child } from "./dom";
import { factPiece } from "./piece";
import { severitySign } from "./severity";
import { languageOf, openDocument, step } from "./store";
import type { Change, DeskFinding, Span } from "./types";
import { n, t } from "./words";

/** The reasons that are being written, by finding; a card that is drawn anew keeps them. */
const reasons = new Map<string, string>();

/** The card of a finding; `number` stands where its row has several. */
export function findingCard(finding: DeskFinding, number: number | undefined): HTMLElement {
  const card = el("div", { class: `card of-${finding.severity === "error" ? "error" : "warning"}`, id: cardId(finding), "data-finding": finding.id, role: "group" });
  drawCard(card, finding, number);
  return card;
}

/** The id of the element that tells a finding. */
export function cardId(finding: DeskFinding): string {
  return `finding-${finding.id}`;
}

/** What a finding says, in the language of the interface. */
export function sentenceOf(finding: DeskFinding): string {
  const values = { words: shortened(visible(finding.words)), other: finding.other[0]?.text ?? "", fix: finding.fix?.text ?? "" };
  return finding.sentence ? t(finding.sentence, values) : finding.message;
}

function drawCard(card: HTMLElement, finding: DeskFinding, number: number | undefined): void {
  const what = freshId("what");
  card.setAttribute("aria-labelledby", what);
  const language = languageOf(finding.lang);
  const say = el("p", { class: "say", id: what }, severitySign(finding.severity),
    number === undefined ? null : el("span", { class: "number" }, String(number), " "),
    language ? el("span", { class: "tongue", lang: language.tag }, language.name) : null, " ",
    el("span", { class: "what" }, sentenceOf(finding)), " ", ...more(finding));
  if (reasons.has(finding.id)) card.replaceChildren(say, reasonForm(card, finding, number));
  else card.replaceChildren(say, el("div", { class: "acts" }, ...buttons(card, finding, number)));
}

/** What else helps: what the other language says, what follows, or the detail where no button tells it. */
function more(finding: DeskFinding): Child[] {
  const parts: Child[] = [];
  for (const { lang, text } of finding.other) {
    const language = languageOf(lang);
    if (!language || finding.sentence?.includes("{other}")) continue;
    parts.push(`${t(language.english)}: `, el("span", { lang: language.tag }, shortened(text)), ". ");
  }
  if (finding.fix || finding.insert) {
    const follows = openDocument()?.languages.filter(({ derived_from }) => derived_from === finding.written) ?? [];
    for (const language of follows) parts.push(t("{language} will follow.", { language: t(language.english) }), " ");
  } else if (!finding.derived && !parts.length) parts.push(el("span", { class: "from", lang: "en" }, inNames(finding.message)));
  return parts;
}

/** A message of the checks with the names of languages in place of their codes. */
function inNames(message: string): string {
  const words = message.replace(/\b([a-z]{2}) (?=text\b)/g, (whole, code: string) => (languageOf(code) ? `${languageOf(code)!.english} ` : whole));
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function buttons(card: HTMLElement, finding: DeskFinding, number: number | undefined): HTMLElement[] {
  if (openDocument()?.read_only) return [];
  const acts: HTMLElement[] = [];
  if (finding.fix) {
    acts.push(button(fixLabel(finding), () => act(finding, { type: "fix", finding: finding.id }, [finding.id])));
    const alike = shownFindings().filter(({ code, fix }) => code === finding.code && fix);
    if (alike.length > 1) acts.push(button([n(alike.length, "", "Fix all of this kind ({n})")], () => act(finding, { type: "fix", finding: finding.id, all: true }, alike.map(({ id }) => id))));
  }
  if (finding.insert !== null) acts.push(button([t("Insert"), " ", quoted(insertedWords(finding), finding.written)], () => insert(finding)));
  if (finding.derived) {
    const [present = "", ...others] = finding.forms;
    acts.push(button([t("Keep"), " ", quoted(present, finding.lang)], () => choose(finding, present)));
    for (const form of others) acts.push(button([t("Change to"), " ", quoted(form, finding.lang)], () => choose(finding, form)));
    acts.push(button([t("Change the {language}", { language: t(languageOf(finding.written)?.english ?? "") })], () => showFinding(finding), "plain"));
  }
  if (finding.can_allow) {
    const leave = () => {
      reasons.set(finding.id, "");
      drawCard(card, finding, number);
      card.querySelector("input")?.focus();
    };
    acts.push(button([t("Leave it, because…")], leave, "plain"));
  }
  return acts;
}

function fixLabel(finding: DeskFinding): Child[] {
  const text = finding.fix?.text ?? "";
  if (text === "") return [t("Take it out")];
  if (text.trim() === "") return [t("Make it one space")];
  return [t("Change to"), " ", quoted(text.trim(), finding.written)];
}

/** The form in which the reason is asked: in the card, not in a dialog. */
function reasonForm(card: HTMLElement, finding: DeskFinding, number: number | undefined): HTMLElement {
  const id = freshId("reason");
  const isWhole = !openDocument()?.rows.find((row) => row.id === finding.row)?.body;
  const input = el("input", { id, type: "text", maxlength: 300, "aria-required": "true", autocomplete: "off", value: reasons.get(finding.id) ?? "" });
  input.addEventListener("input", () => reasons.set(finding.id, input.value));
  const close = () => {
    reasons.delete(finding.id);
    drawCard(card, finding, number);
    card.querySelector<HTMLElement>(".acts button:last-child")?.focus();
  };
  const form = el("form", { class: "reason" },
    el("label", { for: id }, isWhole ? t("Leave it everywhere in this document, because") : t("Leave it, because")), input,
    el("button", { class: "button small first", type: "submit" }, t("Leave it")),
    el("button", { class: "button small plain", type: "button", onclick: close }, t("Cancel")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const reason = input.value.trim();
    if (!reason) {
      input.setAttribute("aria-invalid", "true");
      input.focus();
      return;
    }
    void act(finding, { type: "allow", finding: finding.id, reason }, [finding.id]);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });
  return form;
}

/** Make a step about a finding. The focus goes from its card, which is gone, to the words. */
async function act(finding: DeskFinding, change: Change, gone: string[]): Promise<void> {
  const from = document.activeElement?.closest(".card");
  try {
    await step([change]);
  } catch (error) {
    if (error instanceof Unreachable) note(t("The desk does not answer, so nothing was changed. Press the button again when it is back."));
    else if (error instanceof Refused) note(t("Nothing was changed: {reason}", { reason: error.message }));
    else throw error;
    return;
  }
  reasons.delete(finding.id);
  dealWith(gone);
  if (from && !from.isConnected) showFinding(finding, "end");
}

function choose(finding: DeskFinding, text: string): void {
  void act(finding, { type: "choice", finding: finding.id, lang: finding.lang ?? "", text }, [finding.id]);
}

/** Put what is missing into the text, where the caret is in it, otherwise at its end. */
function insert(finding: DeskFinding): void {
  const { place, written } = finding;
  if (place === null || written === null || finding.insert === null) return;
  const here = focusedSpot();
  if (here?.place !== place || here.lang !== written) openCell(place, written, spotIn(place, written)?.at ?? "end");
  insertPiece({ text: finding.insert, spans: spansOf(finding) });
}

/** The span of an expression that is put in, so that it shows as a chip at once. */
function spansOf(finding: DeskFinding): readonly Span[] {
  const expression = /^\{\{ (.*) \}\}$/.exec(finding.insert ?? "")?.[1];
  if (expression === undefined) return [];
  return factPiece({ name: expression }, expression, insertedWords(finding)).spans;
}

function insertedWords(finding: DeskFinding): string {
  const name = /^\{\{ (\w+) \}\}$/.exec(finding.insert ?? "")?.[1];
  const fact = openDocument()?.facts.find((candidate) => candidate.name === name);
  return fact?.reads[finding.written ?? ""] ?? finding.insert ?? "";
}

/** Put the caret at a finding; one about no text gets the focus on its card. */
export function showFinding(finding: DeskFinding, at: "start" | "end" = "start"): void {
  const { place, written, fact } = finding;
  if (fact !== null) document.dispatchEvent(new CustomEvent("go-to-fact", { detail: fact }));
  const opened = place !== null && written !== null && openCell(place, written, at === "start" ? finding.start : finding.end);
  const card = document.getElementById(cardId(finding));
  if (!opened) card?.querySelector("button")?.focus();
  (opened ? document.activeElement : card)?.scrollIntoView({ block: "nearest" });
}

/** A button of a card. The pointer leaves the caret in the words. */
function button(label: Child[], onclick: () => void, extra = ""): HTMLButtonElement {
  const element = el("button", { class: `button small ${extra}`.trim(), type: "button", onclick }, ...label);
  element.addEventListener("mousedown", (event) => event.preventDefault());
  return element;
}

function quoted(words: string, lang: string | null): HTMLElement {
  const language = languageOf(lang);
  const isChinese = language?.tag.startsWith("zh") ?? false;
  return el("span", { lang: language?.tag ?? "" }, isChinese ? `「${words}」` : `“${words}”`);
}

/** Words with a sign for each character that cannot be seen. */
function visible(words: string): string {
  return words.replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, "·");
}

function shortened(words: string, most = 60): string {
  const characters = [...words];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : words;
}
