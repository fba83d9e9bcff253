// Whether all is saved: the line in the head, the bar when nothing can be written, and the file that cannot be read.
import { call, documentPath, Refused } from "./api";
import { el, fill, icon, type Child } from "./dom";
import { note } from "./dialog";
import { allWords, conflicts, onSaving, saving, type Trouble } from "./outbox";
import { say, sayUrgent } from "./say";
import { apply, onChange, openDocument, tab } from "./store";
import type { Patch, Problem } from "./types";
import { m, n, t, told, when } from "./words";

const LATE = 2000;
let timer = 0;
let troubleShown = "";

/** Show how saving stands from now on; called once. */
export function startSaved(): void {
  onSaving(showSaved);
  onChange(() => queueMicrotask(showSaved));
}

/** Show how saving stands now. */
export function showSaved(): void {
  const view = openDocument();
  const line = document.getElementById("saved");
  if (!view || !line) return;
  clearTimeout(timer);
  const { trouble, isSending, waitsSince } = saving();
  const late = waitsSince === null ? 0 : waitsSince + LATE - performance.now();
  if (waitsSince !== null && late > 0) timer = setTimeout(showSaved, late);
  const choices = conflicts().length;
  const state = choices && waitsSince === null ? "choice" : trouble && (waitsSince !== null || trouble.kind === "stopped") ? "unsaved" : waitsSince === null ? "saved" : late > 0 ? "saving" : "late";
  line.dataset["state"] = view.read_only ? "read-only" : state;
  line.setAttribute("aria-busy", String(isSending));
  if (view.read_only) fill(line, icon("lock"), t("Read only: {reason}", { reason: m(view.read_only) }));
  else if (state === "unsaved") fill(line, icon("stop"), t("Not saved"));
  else if (state === "choice") fill(line, icon("half"), n(choices, "{n} text waits for your choice", "{n} texts wait for your choice"));
  else if (state === "late") fill(line, icon("half"), t("Not yet saved"));
  else if (state === "saving") fill(line, el("span", { class: "dots", "aria-hidden": "true" }, "•••"), t("Saving"));
  else fill(line, icon("ok"), view.saved_at ? t("Saved {time}", { time: timeOf(view.saved_at, true) }) : t("Everything is saved"));
  showTrouble(trouble, waitsSince !== null, view.problem);
}

/** Say that all is saved, or what is not: the answer to Ctrl+S. */
export function saySaved(): void {
  const view = openDocument();
  const { trouble, waitsSince } = saving();
  if (trouble && waitsSince !== null) sayUrgent(reasonOf(trouble));
  else note(view?.saved_at ? t("Saved, {time}", { time: timeOf(view.saved_at, true) }) : t("Everything is saved"), undefined, 4);
}

/** A time of the server, as people write it. */
export function timeOf(time: string, seconds = false): string {
  return when(new Date(time), { hour: "2-digit", minute: "2-digit", ...(seconds ? { second: "2-digit" } : {}), hourCycle: "h23" });
}

function showTrouble(trouble: Trouble | null, hasWords: boolean, problem: Problem | null): void {
  const shown = trouble?.kind === "stopped" || (trouble && hasWords) ? trouble : null;
  const key = JSON.stringify([shown, problem, hasWords]);
  if (key === troubleShown && document.querySelector(".trouble")) return;
  if (key === troubleShown && !shown && !problem) return;
  const told = troubleShown ? (JSON.parse(troubleShown) as [Trouble | null])[0] : null;
  troubleShown = key;
  document.querySelectorAll(".trouble").forEach((bar) => bar.remove());
  const head = document.querySelector("header.bar");
  if (problem) head?.append(problemBar(problem));
  if (shown) {
    head?.append(bar([el("p", {}, reasonOf(shown))], hasWords ? [el("button", { type: "button", class: "button small", onclick: () => void copyAll() }, t("Copy all I wrote"))] : []));
    if (told?.kind !== shown.kind) sayUrgent(reasonOf(shown));
  } else if (told) say(t("Saved again"));
}

function reasonOf(trouble: Trouble): string {
  if (trouble.kind === "stopped") return t("The desk has stopped. Your last words are kept in this window. Start it again with: ipdocs desk");
  if (trouble.kind === "read-only") return t("Not saved: {reason}. Your words are kept in this window.", { reason: m(trouble.reason) });
  const [finding] = trouble.findings;
  return t("Not saved: {reason}. Your words are kept in this window, and saving is tried again every few seconds.", { reason: finding ? told(finding) : t("the desk made an error") });
}

function problemBar(problem: Problem): HTMLElement {
  const [finding] = problem.findings;
  const isGone = finding?.code === "no-such-file";
  const what = isGone
    ? t("The file of this document is no longer there: it was deleted, moved or renamed outside.")
    : t("The file of this document was changed outside, and cannot be read now. You see it as it was before.");
  const lines = problem.lines.map(({ number, text }) => el("div", { class: number === finding?.line ? "wrong" : "" }, el("span", { class: "number" }, number), text));
  const details = isGone ? [] : [el("p", { class: "quiet" }, finding?.line ? t("Line {line}: {message}", { line: finding.line, message: finding.message }) : (finding?.message ?? "")), lines.length ? el("pre", {}, ...lines) : null];
  const back = problem.back_to;
  const button = el("button", { type: "button", class: "button small first", onclick: () => void goBack() }, isGone ? t("Write the file again") : t("Go back to {time}", { time: back ? timeOf(back) : "" }));
  const edit = el("button", { type: "button", class: "button small", onclick: () => void openInEditor() }, t("Open in the editor of this computer"));
  return bar([el("p", {}, what), ...details], [...(back ? [button] : []), ...(isGone ? [] : [edit])]);
}

async function openInEditor(): Promise<void> {
  const view = openDocument();
  try {
    if (view) await call("POST", "/documents/show", { document: view.document, edit: true });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    note(t("No program of this computer opens this file."));
  }
}

async function goBack(): Promise<void> {
  const view = openDocument();
  if (view) await apply(await call<Patch>("POST", documentPath(view.document, "/back"), { tab }));
}

function bar(words: Child[], buttons: Child[]): HTMLElement {
  return el("div", { class: "trouble" }, icon("stop"), el("div", { class: "say" }, ...words), el("div", { class: "acts" }, ...buttons));
}

async function copyAll(): Promise<void> {
  await navigator.clipboard.writeText(allWords().map(({ text }) => text).join("\n\n"));
  note(t("All that is not saved was copied"));
}
