// The editions of a document: a language, or several in one file, and how they stand.
import type { DocumentView } from "./types";
import { t } from "./words";

type Layout = "parallel" | "stacked" | "sequential";
export type Edition = { id: string; codes: string[]; layout: Layout; usual: boolean };

/** The editions that can be looked at: the written languages together, each language, and pairs. */
export function editionsOf(view: DocumentView): Edition[] {
  const written = view.languages.filter((language) => !language.derived_from).map(({ code }) => code);
  const codes = view.languages.map(({ code }) => code);
  const pairs = codes.flatMap((first, index) => codes.slice(index + 1).map((second) => [first, second])).filter((pair) => pair.some((code) => written.includes(code)));
  const main = written.length > 1 ? written.slice(0, 2) : written.slice(0, 1);
  const groups = [...codes.map((code) => [code]), ...pairs, ...(codes.length > 2 ? [codes] : [])];
  const several = groups.filter((group) => group.length > 1);
  const editions = [...groups.map((group) => make(group, "parallel")), ...several.flatMap((group) => [make(group, "stacked"), make(group, "sequential")])];
  const usual = main.join("+");
  const first = editions.filter((edition) => edition.codes.join("+") === usual && edition.layout === "parallel").map((edition) => ({ ...edition, usual: true }));
  return [...first, ...editions.filter((edition) => edition.id !== first[0]?.id)];
}

function make(codes: string[], layout: Layout): Edition {
  return { id: `${codes.join("+")} ${layout}`, codes, layout, usual: false };
}

/** An edition in words: "EN and 繁, side by side". */
export function wordsOfEdition(edition: Edition, view: DocumentView): string {
  const names = namesOf(edition.codes, view);
  return edition.codes.length > 1 ? inLayout(edition.layout, names) : names;
}

function inLayout(layout: Layout, languages: string): string {
  if (layout === "parallel") return t("{languages}, side by side", { languages });
  return layout === "stacked" ? t("{languages}, one below the other", { languages }) : t("{languages}, one after the other", { languages });
}

/** Languages in words: "English", or "EN and 繁" for several. */
export function namesOf(codes: string[], view: Pick<DocumentView, "languages">): string {
  const languages = codes.map((code) => view.languages.find((language) => language.code === code));
  if (languages.length === 1) return languages[0]?.name ?? codes[0] ?? "";
  const names = languages.map((language, index) => language?.short ?? codes[index] ?? "");
  return t("{first} and {last}", { first: names.slice(0, -1).join(", "), last: names.at(-1) ?? "" });
}
