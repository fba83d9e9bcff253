// The To do page of a document: what is still open, by kind, each with a link to its text.
import { showDocumentHead } from "./document-head";
import { el, fill, icon, type IconName } from "./dom";
import { onFindings, startFindings } from "./findings";
import { load, onChange, openDocument } from "./store";
import { originalOf, tasksOf, type Kind, type Task } from "./tasks";
import type { DocumentView } from "./types";
import { m, n, t } from "./words";

const KINDS: { kind: Kind; sign: IconName; class: string; label: string }[] = [
  { kind: "error", sign: "stop", class: "error", label: "To mend" },
  { kind: "warning", sign: "look", class: "draft", label: "To look at" },
  { kind: "remark", sign: "pen", class: "", label: "Remarks to settle" },
  { kind: "approval", sign: "turn", class: "stale", label: "Changed since approval" },
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
  const tasks = tasksOf(view).filter(({ language }) => !chosen || language === chosen);
  const sections = KINDS.map(({ kind, sign, class: name, label }) => {
    const own = tasks.filter((task) => task.kind === kind);
    if (!own.length) return null;
    const id = `tasks-${kind}`;
    return el("section", { "aria-labelledby": id }, el("h3", { id }, icon(sign, name), t(label), " ", el("span", { class: "quiet" }, countOf(kind, own.length))),
      el("ul", {}, own.map((task) => drawTask(view, task))));
  });
  fill(root, sections.some(Boolean) ? sections : el("p", { class: "all-done" }, icon("tick", "confirmed"), t("Nothing is left to do.")));
}

function drawTask(view: DocumentView, task: Task): HTMLElement {
  const language = view.languages.find(({ code }) => code === task.language);
  const name = [task.row ? m(task.row.name) : t("The whole document"), task.line ? m(task.line.label) : ""].filter(Boolean).join(", ");
  const cell = task.language ? task.line?.cells[task.language] : undefined;
  const address = task.address ?? `/d/${view.document}${cell ? `?place=${encodeURIComponent(cell.place)}&lang=${cell.lang}` : ""}`;
  return el("li", {},
    el("a", { href: address }, name, language ? [" · ", el("span", { lang: language.tag }, language.name)] : null),
    el("span", { class: "task-words", lang: ["error", "warning", "remark", "approval"].includes(task.kind) ? null : firstLanguage(view, task)?.tag ?? null }, task.words),
    task.detail ? el("span", { class: "quiet" }, task.detail) : null);
}

function countOf(kind: Kind, count: number): string {
  if (kind === "remark") return n(count, "{n} remark", "{n} remarks");
  return kind === "approval" ? n(count, "{n} block", "{n} blocks") : n(count, "{n} text", "{n} texts");
}

function firstLanguage(view: DocumentView, task: Task): DocumentView["languages"][number] | undefined {
  const original = task.line && originalOf(view, task.line);
  return view.languages.find(({ code }) => code === (original?.lang ?? task.language));
}
