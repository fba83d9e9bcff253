// The pairs of an import in columns, those in doubt first, with the buttons that mend them.
import { el, icon, type Child, type IconName } from "./dom";
import { joined, moved, split, type Pair, type ReadText, type Texts } from "./import-pairs";
import type { Language } from "./types";
import { n, t } from "./words";

export type ProposedPair = { indices: Pair; doubt: string };
type Change = (pairs: Pair[], focus: string) => void;

const doubtWords = (): Record<string, string> => ({
  alone: t("There is no counterpart."),
  doubtful: t("These may not belong together."),
  joined: t("Texts were joined, because the other language has one."),
  items: t("The lists have different numbers of items."),
});
const kindWords = (): Record<string, string> => ({ paragraph: t("Paragraph"), heading: t("Heading"), list: t("List"), quotation: t("Quotation"), figure: t("Picture"), table: t("Table"), definitions: t("Definitions"), footnotes: t("Footnotes"), rule: t("Line across the page") });

/** The pairs; those in doubt first, unless they are wanted in the order of the document. */
export function pairList(pairs: ProposedPair[], texts: Texts, languages: Language[], inOrder: boolean, change: Change): HTMLElement {
  const numbered = pairs.map((pair, index) => ({ pair, index }));
  const doubts = numbered.filter(({ pair }) => pair.doubt);
  const others = numbered.filter(({ pair }) => !pair.doubt);
  const list = (entries: typeof numbered) => el("ol", { class: "blocks pairs" }, ...entries.map(({ index }) => pairRow(pairs, index, texts, languages, change)));
  const columns = el("div", { class: "heads", "aria-hidden": "true" }, el("span"), ...languages.map((language) => el("span", {}, el("b", { lang: language.tag }, language.name))));
  if (inOrder || !doubts.length) return el("div", {}, columns, list(numbered));
  return el("div", {},
    el("h3", { class: "part" }, n(doubts.length, "{n} pair to look at", "{n} pairs to look at")), columns, list(doubts),
    el("h3", { class: "part" }, n(others.length, "{n} pair that agrees", "{n} pairs that agree")), list(others));
}

function pairRow(pairs: ProposedPair[], at: number, texts: Texts, languages: Language[], change: Change): HTMLElement {
  const { indices, doubt } = pairs[at]!;
  const all = pairs.map((pair) => pair.indices);
  const kind = Object.entries(indices).map(([lang, numbers]) => texts[lang]?.[numbers[0] ?? 0]?.kind)[0] ?? "";
  const button = (name: string, sign: IconName | null, label: string, words: string, result: Pair[] | null) => el("button", {
    type: "button", class: `button small plain ${sign ? "square" : ""}`, id: `${name}-${at}`, "aria-label": label, title: words, "aria-disabled": result ? null : "true", tabindex: result ? null : -1,
    onclick: () => result && change(result, `${name}-${at}`),
  }, sign ? icon(sign) : words);
  const number = at + 1;
  const cells = languages.map((language) => {
    const lang = language.code;
    const numbers = indices[lang] ?? [];
    const words = numbers.length ? numbers.flatMap((index) => wordsOf(texts[lang]?.[index])) : [el("p", { class: "quiet" }, t("nothing"))];
    const arrows = numbers.length ? el("div", { class: "arrows" },
      button(`up-${lang}`, "up", t("Pair {number}, {language}: move the text up", { number, language: language.name }), t("Move this text to the pair above"), moved(all, texts, at, lang, -1)),
      button(`down-${lang}`, "down", t("Pair {number}, {language}: move the text down", { number, language: language.name }), t("Move this text to the pair below"), moved(all, texts, at, lang, 1))) : null;
    return el("div", { class: "cell" }, el("div", { class: "words", lang: language.tag }, ...words), arrows);
  });
  return el("li", { class: `block pair ${doubt ? "in-doubt" : ""}`, "data-pair": at },
    el("div", { class: "side" }, el("h4", {}, el("span", { class: "number" }, String(number)), " ", kindWords()[kind] ?? kind),
      button("split", null, t("Pair {number}: split", { number }), t("Split"), split(all, at)),
      button("join", null, t("Pair {number}: join with the next", { number }), t("Join with next"), joined(all, texts, at))),
    ...cells,
    doubt ? el("div", { class: "notes" }, el("div", { class: "card of-draft" }, el("p", { class: "say" }, icon("half", "draft"), " ", el("span", { class: "what" }, doubtWords()[doubt] ?? doubt)))) : null);
}

function wordsOf(text: ReadText | undefined): Child[] {
  if (!text) return [];
  if (text.kind === "list") {
    const [intro, items] = text.has_intro ? [text.texts[0], text.texts.slice(1)] : [undefined, text.texts];
    return [intro === undefined ? null : el("p", {}, intro), el("ul", {}, ...items.map((item) => el("li", {}, item)))];
  }
  if (text.kind === "heading") return text.texts.map((words) => el("p", { class: "heading" }, words));
  if (text.kind === "table" || text.kind === "definitions") return [el("p", {}, text.texts.filter(Boolean).join(" · "))];
  if (text.kind === "figure" || text.kind === "rule") return [el("p", { class: "quiet" }, kindWords()[text.kind] ?? ""), ...text.texts.map((words) => el("p", {}, words))];
  return text.texts.map((words) => el("p", {}, words));
}
