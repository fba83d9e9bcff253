// The Import page: files are read into pairs and facts, an editor mends them, and only the last button writes anything.
import { Refused, call, request } from "./api";
import { dropArea } from "./drop";
import { el, fill, icon, type Child } from "./dom";
import { pairList, type ProposedPair } from "./import-table";
import type { Pair, Texts } from "./import-pairs";
import { say } from "./say";
import { go } from "./shell";
import type { CoreFinding, Language } from "./types";
import { m, n, t, when } from "./words";

type ProposedFact = { name: string; type: string; notation: string; reads: Record<string, string>; uses: number };
type Proposal = {
  import: string; files: string[]; languages: Language[]; title: Record<string, string>; id: string; style: string; styles: string[]; issued: string;
  texts: Texts; pairs: ProposedPair[]; facts: ProposedFact[]; left_out: { file: string; place: string; text: string; reason: string }[]; findings: CoreFinding[];
};
type State = { proposal: Proposal; pairs: Pair[] | null; refused: Set<string>; name: string; style: string; inOrder: boolean; past: (Pair[] | null)[]; busy: boolean };

const AT_THE_PAIRS = ["no-partner", "doubtful-pair", "paragraphs-joined", "items-differ"];
let waiting: File[] | null = null;

/** Go to the Import page with files that were dropped elsewhere. */
export function importFiles(files: File[]): void {
  waiting = files;
  void go("/import");
}

/** Draw the Import page. */
export async function showImport(main: HTMLElement): Promise<void> {
  const files = waiting;
  waiting = null;
  const held = new URLSearchParams(location.search).get("id");
  if (files) await read(main, files);
  else if (held) await readAgain(main, held);
  else drawStart(main, null);
}

function drawStart(main: HTMLElement, trouble: Child): void {
  const isAgain = main.hasChildNodes();
  fill(main, el("h1", {}, t("Import")),
    el("p", { class: "quiet" }, t("Word files, web pages or plain texts become a document: one file with all languages, or one file for each. Nothing is written before you have looked at it.")),
    trouble, dropArea((files) => void read(main, files)));
  if (isAgain) main.querySelector<HTMLElement>(".drop button")?.focus({ preventScroll: true });
}

async function read(main: HTMLElement, files: File[]): Promise<void> {
  const names = files.map(({ name }) => name).join(", ");
  fill(main, el("h1", {}, t("Import")), el("p", { role: "status", "aria-busy": "true", class: "reading" }, icon("half"), t("{files} is being read…", { files: names })));
  const form = new FormData();
  for (const file of files) form.append("files", file, file.name);
  try {
    const proposal = (await (await request("POST", "/import", form)).json()) as Proposal;
    history.replaceState(null, "", `/import?id=${proposal.import}`);
    drawProposal(main, { proposal, pairs: null, refused: new Set(), name: proposal.id, style: proposal.style, inOrder: false, past: [], busy: false });
    if (!main.contains(document.activeElement)) main.focus({ preventScroll: true });
    say(t("The files are read"));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    drawStart(main, trouble(error));
  }
}

async function readAgain(main: HTMLElement, id: string): Promise<void> {
  try {
    const kept = JSON.parse(sessionStorage.getItem(`ipdocs-import-${id}`) ?? "{}") as { pairs?: Pair[]; refused?: string[]; name?: string; style?: string };
    const proposal = await call<Proposal>("POST", `/import/${id}/proposal`, { pairs: kept.pairs ?? null, style: kept.style ?? "" });
    drawProposal(main, { proposal, pairs: kept.pairs ?? null, refused: new Set(kept.refused ?? []), name: kept.name ?? proposal.id, style: proposal.style, inOrder: false, past: [], busy: false });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    drawStart(main, trouble(error));
  }
}

/** What is wrong with the files, and what to do. */
function trouble(error: Refused): HTMLElement {
  const { findings, reason } = error.failure;
  const entries = reason ? [el("li", {}, m(reason))] : (findings ?? []).map((finding) => el("li", {}, finding.path ? el("b", {}, `${finding.path}: `) : null, finding.message, finding.hint ? el("span", { class: "sub" }, t("What to do: {hint}", { hint: finding.hint })) : null));
  return el("div", { class: "card of-error", role: "alert" }, el("p", { class: "say" }, icon("stop", "error"), " ", el("span", { class: "what" }, t("This cannot be imported."))), el("ul", { class: "finding-list" }, ...entries));
}

function drawProposal(main: HTMLElement, state: State): void {
  const { proposal } = state;
  const redraw = () => drawProposal(main, state);
  const change = (pairs: Pair[] | null, focus: string, past = true) => void mend(main, state, pairs, focus, past);
  main.style.setProperty("--languages", String(proposal.languages.length));
  const again = state.pairs ?? state.past.length;
  const alone = proposal.languages.length === 1 ? proposal.languages[0] : undefined;
  fill(main,
    el("h1", {}, ...titles(proposal)),
    el("p", { class: "quiet" }, t("From {files}.", { files: proposal.files.join(", ") }), " ", t("To be issued {date}.", { date: when(new Date(proposal.issued), { dateStyle: "long" }) })),
    alone ? el("p", { class: "page-note" }, t("Only {language} was found. Go back and choose the file of the other language, too; or add a language later on the page Settings of the document.", { language: t(alone.english) })) : null,
    el("section", { "aria-labelledby": "h-pairs" },
      el("div", { class: "list-head" }, el("h2", { id: "h-pairs" }, alone ? t("Texts") : t("Pairs")),
        el("label", { class: "check" }, el("input", { type: "checkbox", id: "in-order", checked: state.inOrder, onchange: (event: Event) => {
          state.inOrder = (event.target as HTMLInputElement).checked;
          redraw();
          document.getElementById("in-order")?.focus();
        } }), t("In the order of the document")),
        again ? el("button", { type: "button", class: "button small", id: "take-back", "aria-disabled": state.past.length ? null : "true", onclick: () => state.past.length && change(state.past.pop() ?? null, "take-back", false) }, icon("undo"), t("Take back")) : null),
      pairList(proposal.pairs, proposal.texts, proposal.languages, state.inOrder, (pairs, focus) => change(pairs, focus))),
    factSection(state), leftOutSection(proposal), remarkSection(proposal), makeBar(main, state));
  keep(state);
}

function titles(proposal: Proposal): Child[] {
  const words = proposal.languages.filter(({ code }) => proposal.title[code]).map((language) => el("span", { lang: language.tag, class: "title-line" }, proposal.title[language.code] ?? ""));
  return words.length ? words : [t("Without a title")];
}

/** Change the pairs, and have the facts and doubts read anew. */
async function mend(main: HTMLElement, state: State, pairs: Pair[] | null, focus: string, past: boolean): Promise<void> {
  if (state.busy) return;
  state.busy = true;
  main.setAttribute("aria-busy", "true");
  try {
    const proposal = await call<Proposal>("POST", `/import/${state.proposal.import}/proposal`, { pairs, style: state.style });
    if (past) state.past.push(state.pairs);
    state.pairs = pairs;
    state.proposal = { ...proposal, id: state.proposal.id };
    say(t("Changed"));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    say(t("That cannot be done"));
  } finally {
    state.busy = false;
    main.removeAttribute("aria-busy");
  }
  const top = scrollY;
  drawProposal(main, state);
  scrollTo(0, top);
  (document.getElementById(focus) ?? document.getElementById("take-back") ?? document.getElementById("in-order"))?.focus({ preventScroll: true });
}

function factSection(state: State): HTMLElement | null {
  const { facts, languages } = state.proposal;
  if (!facts.length) return null;
  const row = (fact: ProposedFact) => el("li", {}, el("label", { class: "check" },
    el("input", { type: "checkbox", checked: !state.refused.has(fact.name), onchange: (event: Event) => {
      if ((event.target as HTMLInputElement).checked) state.refused.delete(fact.name);
      else state.refused.add(fact.name);
      keep(state);
    } }),
    el("span", {}, el("b", {}, fact.name), " ", ...languages.filter(({ code }) => fact.reads[code]).map((language) => el("span", { class: "reads", lang: language.tag }, fact.reads[language.code] ?? "")), el("span", { class: "sub" }, n(fact.uses, "in {n} block", "in {n} blocks")))));
  return el("section", { "aria-labelledby": "h-facts" }, el("h2", { id: "h-facts" }, t("Facts")),
    el("p", { class: "quiet" }, t("Both languages say these values. A fact is written once, and each language writes it in its own way.")),
    el("ul", { class: "proposed-facts" }, ...facts.map(row)));
}

function leftOutSection(proposal: Proposal): HTMLElement | null {
  if (!proposal.left_out.length) return null;
  return el("section", { "aria-labelledby": "h-left" }, el("h2", { id: "h-left" }, n(proposal.left_out.length, "{n} piece is left out", "{n} pieces are left out")),
    el("ul", { class: "left-out" }, ...proposal.left_out.map((piece) => el("li", {}, el("q", {}, piece.text), el("span", { class: "sub" }, [reasonOf(piece.reason), piece.file, piece.place].filter(Boolean).join(" · "))))));
}

/** Why a piece is left out; after a colon stand words of the file. */
function reasonOf(reason: string): string {
  const [first, ...detail] = reason.split(": ");
  return [t(first ?? ""), ...detail].join(": ");
}

function remarkSection(proposal: Proposal): HTMLElement | null {
  const remarks = proposal.findings.filter(({ code }) => !AT_THE_PAIRS.includes(code));
  if (!remarks.length) return null;
  return el("section", { "aria-labelledby": "h-remarks" }, el("h2", { id: "h-remarks" }, n(remarks.length, "{n} remark", "{n} remarks")),
    el("ul", { class: "left-out" }, ...remarks.map((finding) => el("li", {}, finding.message))));
}

function makeBar(main: HTMLElement, state: State): HTMLElement {
  const { proposal } = state;
  const told = el("p", { class: "told", role: "alert" });
  const name = el("input", { id: "import-name", value: state.name, size: 34, spellcheck: "false", autocomplete: "off", oninput: (event: Event) => {
    state.name = (event.target as HTMLInputElement).value;
    keep(state);
  } });
  const style = el("select", { id: "import-style", onchange: (event: Event) => {
    state.style = (event.target as HTMLSelectElement).value;
    void mend(main, state, state.pairs, "import-style", false);
  } }, ...proposal.styles.map((entry) => el("option", { value: entry, selected: entry === state.style }, entry)));
  const make = async () => {
    told.textContent = "";
    try {
      const decisions = { pairs: state.pairs, refused: [...state.refused].filter((entry) => proposal.facts.some((fact) => fact.name === entry)), name: state.name.trim(), style: state.style };
      const { document: made } = await call<{ document: string }>("POST", `/import/${proposal.import}`, decisions);
      sessionStorage.removeItem(`ipdocs-import-${proposal.import}`);
      await go(`/d/${made}`);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { reason, findings } = error.failure;
      told.textContent = reason ? m(reason) : (findings?.[0]?.message ?? "");
      if (reason) name.focus();
    }
  };
  return el("div", { class: "make-bar" },
    el("p", {}, el("label", { for: "import-name" }, t("Name")), name),
    el("p", {}, el("label", { for: "import-style" }, t("House style")), style),
    told,
    el("button", { type: "button", class: "button", onclick: () => void leave(main, proposal.import) }, t("Do not import")),
    el("button", { type: "button", class: "button first", id: "make", onclick: () => void make() }, t("Make the document")));
}

async function leave(main: HTMLElement, id: string): Promise<void> {
  await call("DELETE", `/import/${id}`);
  sessionStorage.removeItem(`ipdocs-import-${id}`);
  history.replaceState(null, "", "/import");
  drawStart(main, null);
}

/** Keep the decisions for a page that is loaded again. */
function keep(state: State): void {
  sessionStorage.setItem(`ipdocs-import-${state.proposal.import}`, JSON.stringify({ pairs: state.pairs, refused: [...state.refused], name: state.name, style: state.style }));
}
