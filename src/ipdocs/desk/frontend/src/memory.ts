// Cards below the rows: what the memory has for a text, and what changed in its original since it was confirmed.
import { call, documentPath, Refused, Unreachable } from "./api";
import { confirmText, hindrance, originalLanguage, rowOf, startConfirming } from "./confirm";
import { openMenu } from "./dialog";
import { el, freshId, type Child } from "./dom";
import { drawFill } from "./fill";
import { showCards } from "./card-groups";
import { languageOf, onChange, openDocument, step, theDocument } from "./store";
import type { Cell, Matches, MemoryMatch, Piece, Row } from "./types";
import { m, t, when } from "./words";

const answers = new Map<string, Matches>();
let queue: { row: string; cell: Cell }[] = [];
let isAsking = false;
let focused = { place: "", lang: "" };
let isStarted = false;

/** Begin to show the cards of the open document. */
export function startMemory(blocks: HTMLElement): void {
  answers.clear();
  queue = [];
  focused = { place: "", lang: "" };
  blocks.addEventListener("focusin", (event) => {
    const { place = "", lang = "" } = (event.target as Element).closest<HTMLElement>("[data-place][data-lang]")?.dataset ?? {};
    if (!place || (place === focused.place && lang === focused.lang)) return;
    const before = rowOf(focused.place);
    focused = { place, lang };
    for (const row of new Set([before, rowOf(place)])) if (row) update(row);
  });
  for (const row of theDocument().rows) update(row);
  drawFill();
  startConfirming();
  if (isStarted) return;
  isStarted = true;
  onChange((_, patch) => {
    const changed = new Set(patch?.rows.map((row) => row.id));
    for (const row of openDocument()?.rows ?? []) if (!patch || changed.has(row.id)) update(row);
    drawFill();
  });
}

/** Draw the cards of a row, and ask the memory where that is still to be done. */
function update(row: Row): void {
  if (theDocument().read_only) return;
  const cells = cellsWithCards(row);
  const missing = cells.filter((cell) => !answers.has(keyOf(row, cell)));
  queue = [...queue.filter((asked) => asked.row !== row.id), ...missing.map((cell) => ({ row: row.id, cell }))];
  if (missing.length) void ask();
  const known = cells.flatMap((cell) => {
    const answer = answers.get(keyOf(row, cell));
    return answer ? [{ cell, answer }] : [];
  });
  showCards(row.id, "memory", known.flatMap(({ cell, answer }) => (cell.state.kind === "changed" ? [] : memoryCard(row, cell, answer.matches) ?? [])));
  showCards(row.id, "changed", known.flatMap(({ cell, answer }) => (cell.state.kind === "changed" ? changedCard(row, cell, answer) : [])));
}

/** One text for each language: the one with the caret, else the first that is a draft, or whose original has changed. */
function cellsWithCards(row: Row): Cell[] {
  const original = originalLanguage(row);
  return theDocument().languages.filter(({ code, derived_from }) => !derived_from && code !== original).flatMap(({ code }) => {
    const cells = row.lines.flatMap((line) => line.cells[code] ?? []);
    const here = cells.find((cell) => cell.place === focused.place && (focused.lang === code || cell.state.kind !== "missing"));
    const wanted = (cell: Cell | undefined) => cell && ["draft", "changed", "missing"].includes(cell.state.kind);
    const chosen = wanted(here) ? here : cells.find((cell) => cell.state.kind === "changed") ?? cells.find((cell) => cell.state.kind === "draft");
    return chosen ?? [];
  });
}

async function ask(): Promise<void> {
  if (isAsking) return;
  isAsking = true;
  try {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const view = openDocument();
      const row = view?.rows.find(({ id }) => id === next?.row);
      if (!view || !row) continue;
      const query = `?place=${encodeURIComponent(next.cell.place)}&lang=${next.cell.lang}`;
      const answer = await call<Matches>("GET", documentPath(view.document, `/matches${query}`));
      answers.set(keyOf(row, next.cell), answer);
      const now = openDocument()?.rows.find(({ id }) => id === row.id);
      if (now) update(now);
    }
  } catch (error) {
    if (!(error instanceof Refused || error instanceof Unreachable)) throw error; // the words can be translated without the memory
  } finally {
    isAsking = false;
  }
}

/** What an answer depends on: the text, and its original. */
function keyOf(row: Row, cell: Cell): string {
  const original = row.lines.find((line) => line.place === cell.place)?.cells[originalLanguage(row) ?? ""];
  return JSON.stringify([cell.place, cell.lang, cell.text, original?.text, cell.state.kind]);
}

function memoryCard(row: Row, cell: Cell, matches: MemoryMatch[]): HTMLElement | null {
  const isDraft = cell.state.kind === "draft";
  const [best] = isDraft ? [matches.find(({ draft }) => draft === cell.text) ?? matches[0]] : matches;
  if (!best && !isDraft) return null;
  const others = matches.filter((match) => match !== best && match.draft !== cell.text);
  const hinder = hindrance(cell);
  const confirm = () => void (hinder || confirmText(row, cell.place, cell.lang));
  const acts: Child[] = isDraft
    ? [button(t("Confirm"), confirm, "first", hinder), othersButton(cell, others), button(t("Clear"), () => void put(cell, null), "plain")]
    : best ? [button(t("Take it"), () => void put(cell, best), "first"), othersButton(cell, others)] : [];
  const words = isDraft ? [] : [el("span", { class: "said", lang: languageOf(cell.lang)?.tag ?? "" }, readable(best?.draft ?? "")), " "];
  return card("of-draft", cell, [el("span", { class: "what" }, best ? alike(best) : t("A draft.")), " ", ...words, ...(best ? [...lastTime(row, best), from(best)] : [])], acts);
}

function changedCard(row: Row, cell: Cell, { changed, matches }: Matches): HTMLElement[] {
  const original = languageOf(changed?.lang ?? originalLanguage(row) ?? "");
  const what = changed?.by ? t("The {language} changed after this was confirmed:", { language: t(original?.english ?? "") }) : t("The {language} changed after this was written:", { language: t(original?.english ?? "") });
  const [best] = matches.filter((match) => match.draft.replace(/^⟦draft: [^⟧]*⟧/, "") !== cell.text);
  const acts = [
    button(t("Still right"), () => void confirmText(row, cell.place, cell.lang), "", hindrance(cell)),
    best ? button(best.percent === 100 ? t("Take the words of the memory") : t("Take the words of the memory ({percent} % alike)", { percent: best.percent }), () => void put(cell, best), "plain") : null,
  ];
  const pieces = changed ? drawPieces(changed.pieces) : [];
  return [card("of-stale", cell, [el("span", { class: "what" }, what), " ", el("span", { lang: original?.tag ?? "" }, ...pieces)], acts)];
}

function card(kind: string, cell: Cell, said: Child[], acts: Child[]): HTMLElement {
  const language = languageOf(cell.lang);
  const id = freshId("card");
  const row = rowOf(cell.place);
  const line = row && row.lines.length > 1 ? row.lines.find(({ place }) => place === cell.place) : undefined;
  return el("div", { class: `card ${kind}`, role: "group", "aria-labelledby": id },
    el("p", { class: "say", id }, el("span", { class: "tongue", lang: language?.tag ?? "" }, language?.name ?? cell.lang), " ", line ? `${m(line.label)}: ` : null, ...said),
    el("div", { class: "acts" }, ...acts));
}

function button(label: string, act: () => void, extra = "", hinder = ""): HTMLElement {
  return el("button", { class: `button small ${extra}`, type: "button", title: hinder || null, "aria-disabled": hinder ? "true" : null, onclick: () => !hinder && act() }, label);
}

function othersButton(cell: Cell, others: MemoryMatch[]): HTMLElement | null {
  if (!others.length) return null;
  const open: HTMLElement = button(others.length === 1 ? t("1 other") : t("{n} others", { n: others.length }), () =>
    openMenu(open, t("Other matches"), others.map((match) => ({ label: `${match.percent} % · ${readable(match.draft)}`, act: () => void put(cell, match) }))));
  open.setAttribute("aria-haspopup", "menu");
  return open;
}

/** Put a match, or nothing, in place of a text, as one step. */
async function put(cell: Cell, match: MemoryMatch | null): Promise<void> {
  if (cell.text === null && match) await step([{ type: "fill", lang: cell.lang, drafts: { [cell.place]: match.draft } }]);
  else await step([{ type: "text", place: cell.place, lang: cell.lang, before: cell.text, after: match?.draft ?? null }]);
}

function alike(match: MemoryMatch): string {
  switch (match.kind) {
    case "fuzzy": return t("From memory, {percent} % alike.", { percent: match.percent });
    case "facts": return t("From memory: the same words with other figures.");
    case "spelling": return t("From memory: the same words in another spelling.");
    case "sentences": return t("From memory, sentence by sentence, {percent} % alike.", { percent: match.percent });
    default: return t("From memory: the same words.");
  }
}

/** What the original said when the match was made, and does not say now. */
function lastTime(row: Row, match: MemoryMatch): Child[] {
  const original = languageOf(originalLanguage(row) ?? "");
  const words = (kind: Piece["kind"]) => match.difference.filter((piece) => piece.kind === kind && piece.text.trim()).map((piece) => piece.text.trim());
  const [old, now] = [words("old"), words("new")];
  const language = t(original?.english ?? "");
  const some = (list: string[]) => list.slice(0, 3).join(" … ");
  if (old.length && now.length) return [t("Last time the {language} said “{old}”, now “{now}”.", { language, old: some(old), now: some(now) }), " "];
  if (old.length) return [t("Last time the {language} also said “{old}”.", { language, old: some(old) }), " "];
  return now.length ? [t("Last time the {language} did not say “{now}”.", { language, now: some(now) }), " "] : [];
}

/** Where a match comes from. */
function from(match: MemoryMatch): HTMLElement | null {
  const date = match.issued && when(new Date(`${match.issued}T12:00:00+08:00`), { day: "numeric", month: "long", year: "numeric" });
  const origin = match.origin === "glossary" ? t("A term of the glossary.")
    : match.origin === "boilerplate" ? t("From the recurring text {name}.", { name: match.document })
    : match.origin === "catalog" ? t("From the labels of the house.")
    : date && match.by ? t("Release of {date}, confirmed by {name}.", { date, name: match.by })
    : date ? t("Release of {date}.", { date })
    : match.document;
  const anew = match.new_values ? t("Its figures were written anew.") : "";
  return origin || anew ? el("span", { class: "from" }, [origin, anew].filter(Boolean).join(" ")) : null;
}

/** The words of a draft without marks and expressions. */
function readable(draft: string): string {
  const facts = new Map(theDocument().facts.map((fact) => [fact.name, fact.value]));
  return draft.replace(/⟦(?:draft: [^⟧]*|fuzzy \d+ %|part \d+ %)⟧/g, "").replace(/[⟦⟧]/g, "").replace(/\{\{\s*(\w+)[^}]*\}\}/g, (_, name: string) => facts.get(name) ?? name);
}

function drawPieces(pieces: Piece[]): Child[] {
  return pieces.flatMap(({ kind, text }, index): Child[] => {
    if (kind === "new") return [el("ins", {}, text)];
    if (kind === "old") return [el("del", {}, text)];
    return [shortened(text, index === 0, index === pieces.length - 1)];
  });
}

/** Words that did not change, as far as they help to find the place. */
function shortened(text: string, isFirst: boolean, isLast: boolean): string {
  const words = text.split(/(?<=\s)/);
  if (words.length <= 8) return text;
  const [start, end] = [isFirst ? "… " : words.slice(0, 4).join(""), isLast ? " …" : words.slice(-4).join("")];
  return isFirst ? start + end : isLast ? start.trimEnd() + end : `${start}… ${end}`;
}
