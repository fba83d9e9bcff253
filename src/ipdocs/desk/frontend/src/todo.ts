// The To do page of a document: what is still open, by kind, each with a link to its text.
import { sentenceOf } from "./cards";
import { showDocumentHead } from "./document-head";
import { el, fill, icon, type IconName } from "./dom";
import { onFindings, shownFindings, startFindings } from "./findings";
import { isOpenText } from "./drawing";
import { stateDetail } from "./states";
import { load, onChange, openDocument } from "./store";
import type { Cell, DocumentView, Line, Row } from "./types";
import { m, n, t } from "./words";

/** A text, or a finding in one, that asks for work. `language` is a code; null for what concerns no language. */
type Task = { kind: Kind; row: Row | null; line: Line | null; language: string | null; words: string; detail: string };
type Kind = "error" | "warning" | "missing" | "gap" | "changed" | "draft" | "written";

const KINDS: { kind: Kind; sign: IconName; class: string; label: string }[] = [
  { kind: "error", sign: "stop", class: "error", label: "To mend" },
  { kind: "warning", sign: "stop", class: "draft", label: "To look at" },
  { kind: "missing", sign: "ring", class: "missing", label: "Missing" },
  { kind: "gap", sign: "pen", class: "draft", label: "With an open gap" },
  { kind: "changed", sign: "turn", class: "stale", label: "The original changed" },
  { kind: "draft", sign: "pen", class: "draft", label: "Drafts" },
  { kind: "written", sign: "half", class: "missing", label: "Not confirmed yet" },
];

let root: HTMLElement;
let chosen = "";
let isStarted = false;

/** Draw the To do page. */
export async function showToDo(main: HTMLElement, name: string): Promise<void> {
  const view = await load(name);
  showDocumentHead(view);
  root = el("div", { class: "tasks" });
  fill(main, el("h2", {}, t("To do")), chooser(view), root);
  draw();
  startFindings();
  if (isStarted) return;
  isStarted = true;
  onFindings(() => draw());
  onChange((changed) => {
    if (!root.isConnected) return;
    showDocumentHead(changed);
    draw();
  });
}

function chooser(view: DocumentView): HTMLElement {
  const written = view.languages.filter((language) => !language.derived_from);
  const select = el("select", {
    id: "task-language",
    onchange: () => {
      chosen = select.value;
      draw();
    },
  }, el("option", { value: "" }, t("All languages")), ...written.map(({ code, tag, name }) => el("option", { value: code, lang: tag, selected: code === chosen }, name)));
  if (!written.some(({ code }) => code === chosen)) chosen = "";
  return el("p", { class: "task-filter" }, el("label", { for: "task-language" }, t("Language")), " ", select);
}

function draw(): void {
  const view = openDocument();
  if (!view || !root.isConnected) return;
  const tasks = [...findingTasks(view), ...view.rows.flatMap((row) => row.lines.flatMap((line) => textTasks(view, row, line)))].filter(({ language }) => !chosen || language === chosen);
  const sections = KINDS.map(({ kind, sign, class: name, label }) => {
    const own = tasks.filter((task) => task.kind === kind);
    if (!own.length) return null;
    const id = `tasks-${kind}`;
    return el("section", { "aria-labelledby": id }, el("h3", { id }, icon(sign, name), t(label), " ", el("span", { class: "quiet" }, n(own.length, "{n} text", "{n} texts"))),
      el("ul", {}, own.map((task) => drawTask(view, task))));
  });
  fill(root, sections.some(Boolean) ? sections : el("p", { class: "all-done" }, icon("tick", "confirmed"), t("Nothing is left to do.")));
}

function drawTask(view: DocumentView, task: Task): HTMLElement {
  const language = view.languages.find(({ code }) => code === task.language);
  const name = [task.row ? m(task.row.name) : t("The whole document"), task.line ? m(task.line.label) : ""].filter(Boolean).join(", ");
  const cell = task.language ? task.line?.cells[task.language] : undefined;
  const address = `/d/${view.document}${cell ? `?place=${encodeURIComponent(cell.place)}&lang=${cell.lang}` : ""}`;
  return el("li", {},
    el("a", { href: address }, name, language ? [" · ", el("span", { lang: language.tag }, language.name)] : null),
    el("span", { class: "task-words", lang: task.kind === "error" || task.kind === "warning" ? null : firstLanguage(view, task)?.tag ?? null }, task.words),
    task.detail ? el("span", { class: "quiet" }, task.detail) : null);
}

function findingTasks(view: DocumentView): Task[] {
  return shownFindings().map((finding) => {
    const row = view.rows.find(({ id }) => id === finding.row) ?? null;
    const line = row?.lines.find(({ cells }) => Object.values(cells).some(({ place }) => place === finding.place)) ?? null;
    const origin = view.languages.find(({ code }) => code === finding.lang)?.derived_from;
    return { kind: finding.severity, row, line, language: origin ?? finding.lang, words: sentenceOf(finding), detail: "" };
  });
}

function textTasks(view: DocumentView, row: Row, line: Line): Task[] {
  const original = originalOf(view, line);
  return Object.values(line.cells).flatMap((cell) => {
    const kind = kindOf(cell, original);
    return kind ? [{ kind, row, line, language: cell.lang, words: shortened(wordsOf(original && original.text ? original : cell)), detail: kind === "written" || kind === "missing" ? "" : stateDetail(cell.state) }] : [];
  });
}

/** What a text asks for; a text in its first language asks for nothing once it is written. */
function kindOf(cell: Cell, original: Cell | undefined): Kind | null {
  const { kind, gap } = cell.state;
  if (kind === "missing") return "missing";
  if (kind === "draft" || kind === "changed") return gap ? "gap" : kind;
  if (gap) return "gap";
  return kind === "written" && original && cell !== original ? "written" : null;
}

/** The text in the first language of its line, of which the others are translations. */
function originalOf(view: DocumentView, line: Line): Cell | undefined {
  return view.languages.map(({ code }) => line.cells[code]).find((cell) => cell && !isOpenText(cell.text));
}

function firstLanguage(view: DocumentView, task: Task): DocumentView["languages"][number] | undefined {
  const original = task.line && originalOf(view, task.line);
  return view.languages.find(({ code }) => code === (original?.lang ?? task.language));
}

/** The words of a text as they are shown, without marks. */
function wordsOf(cell: Cell): string {
  const text = cell.text ?? "";
  let words = "";
  for (let at = 0; at < text.length; at += 1) {
    const atom = cell.spans.find((span) => span.start === at && span.inner_start === span.inner_end);
    if (atom) {
      words += atom.kind === "note" ? "" : atom.kind === "break" ? " " : atom.shown ?? "";
      at = atom.end - 1;
    } else if (!cell.spans.some((span) => span.start <= at && at < span.end && (at < span.inner_start || at >= span.inner_end))) words += text[at];
  }
  return words;
}

function shortened(words: string): string {
  return words.length > 90 ? `${words.slice(0, 90)}…` : words;
}
