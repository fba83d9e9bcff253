// The Files page of a document: what to build, how far it is, and the files that there are.
import { approvalNote } from "./approval";
import { Refused, call, documentPath } from "./api";
import { follow, outcome, startBuild, stopBuild, type BuiltFile, type Choice, type FilesView, type Job } from "./build";
import { showDocumentHead } from "./document-head";
import { el, fill, icon, type Child } from "./dom";
import { namesOf } from "./editions";
import { fileTable, findingList, formatName } from "./file-table";
import { startFindings } from "./findings";
import { say } from "./say";
import { load, onChange, openDocument } from "./store";
import type { DocumentView } from "./types";
import { m, n, t } from "./words";

const layoutWords = (): Record<string, string> => ({ parallel: t("Side by side"), stacked: t("One below the other, block by block"), sequential: t("One language after the other") });

type State = { name: string; view: DocumentView; files: FilesView; choice: Choice; job: Job | null };

let stop = (): void => {};

/** Draw the Files page. */
export async function showFiles(main: HTMLElement, name: string): Promise<void> {
  stop();
  const [view, files] = await Promise.all([load(name), call<FilesView>("GET", documentPath(name, "/files"))]);
  showDocumentHead(view);
  startFindings();
  const state: State = { name, view, files, choice: { ...files.choice }, job: files.job };
  const choose = el("section", { class: "choose", "aria-labelledby": "h-build" });
  const progress = el("section", { class: "job", "aria-live": "polite" });
  const made = el("section", { "aria-labelledby": "h-files" });
  main.append(choose, progress, made);
  const redraw = () => {
    drawChoice(choose, state, begin);
    drawJob(progress, state, cancel);
    drawFiles(made, state);
  };
  const take = (job: Job) => {
    const ended = state.job?.state === "running" && job.state !== "running";
    state.job = job;
    if (ended) {
      say(outcome(job));
      void call<FilesView>("GET", documentPath(name, "/files")).then((fresh) => {
        state.files = fresh;
        if (main.isConnected) redraw();
      });
    }
    if (main.isConnected) redraw();
    else stop();
  };
  const cancel = () => {
    if (state.job) void stopBuild(state.job).then(take);
  };
  const begin = async () => {
    try {
      const job = await startBuild(name, state.choice);
      state.job = job;
      redraw();
      stop();
      stop = follow(job, take);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      state.job = { id: "", document: name, state: "failed", stages: [], files: [], findings: error.failure.findings ?? [], reason: error.failure.reason ?? null };
      redraw();
    }
  };
  redraw();
  const leave = onChange((changed) => {
    if (!main.isConnected) return leave();
    state.view = changed;
    showDocumentHead(changed);
    drawChoice(choose, state, begin);
    if (state.job?.state !== "running") drawJob(progress, state, cancel);
  });
  if (state.job?.state === "running") stop = follow(state.job, take);
}

function drawChoice(section: HTMLElement, state: State, begin: () => Promise<void>): void {
  const { files, choice, view } = state;
  const focused = document.activeElement instanceof HTMLElement && section.contains(document.activeElement) ? document.activeElement.id : "";
  const running = state.job?.state === "running";
  const redraw = () => drawChoice(section, state, begin);
  const box = (list: string[], value: string, id: string, label: Child) => el("li", {}, el("label", { class: "check" },
    el("input", { type: "checkbox", id, checked: list.includes(value), onchange: (event: Event) => {
      toggle(list, value, (event.target as HTMLInputElement).checked);
      redraw();
    } }), label));
  const single = files.editions.filter((edition) => !edition.includes("+"));
  const several = files.editions.filter((edition) => edition.includes("+"));
  const languages = (edition: string): Child => el("span", edition.includes("+") ? {} : { lang: view.languages.find(({ code }) => code === edition)?.tag ?? null }, namesOf(edition.split("+"), view));
  const count = choice.editions.length * choice.formats.length;
  const letterheads = [["", t("The usual one")], ...files.letterheads.map((path) => [path, path])] as [string, string][];
  fill(section,
    el("h2", { id: "h-build" }, t("Build")),
    el("div", { class: "choices" },
      el("fieldset", {}, el("legend", {}, t("One language a file")), el("ul", {}, ...single.map((edition) => box(choice.editions, edition, `edition-${edition}`, languages(edition))))),
      several.length ? el("fieldset", {}, el("legend", {}, t("Several in one file")), el("ul", {}, ...several.map((edition) => box(choice.editions, edition, `edition-${edition}`, languages(edition))))) : null,
      el("fieldset", {}, el("legend", {}, t("Formats")), el("ul", {}, ...files.formats.map((format) => box(choice.formats, format, `format-${format}`, formatName(format))))),
      el("div", { class: "more-choices" },
        several.length ? select("layout", t("Several languages stand"), files.layouts.map((layout) => [layout, layoutWords()[layout] ?? layout]), choice.layout, (value) => (choice.layout = value)) : null,
        select("letterhead", t("Letterhead of Word files"), letterheads, choice.letterhead, (value) => (choice.letterhead = value)),
        el("label", { class: "check" }, el("input", { type: "checkbox", id: "draft", checked: choice.draft, onchange: (event: Event) => {
          choice.draft = (event.target as HTMLInputElement).checked;
          redraw();
        } }), t("As a draft: gaps are marked, and every page says so")))),
    approvalNote(openDocument() ?? view),
    el("div", { class: "acts" },
      el("button", { type: "button", class: "button first", id: "build", "aria-disabled": running || !count ? "true" : null, onclick: () => !running && count && void begin() }, files.built_before ? t("Build again") : t("Build")),
      el("span", { class: "quiet" }, count ? n(count, "{n} file", "{n} files") : t("Choose at least one edition and one format"))));
  if (focused) document.getElementById(focused)?.focus();
}

function toggle(list: string[], value: string, on: boolean): void {
  if (on && !list.includes(value)) list.push(value);
  else if (!on && list.includes(value)) list.splice(list.indexOf(value), 1);
}

function select(id: string, label: string, options: [string, string][], value: string, set: (value: string) => void): HTMLElement {
  return el("p", {}, el("label", { for: id }, label), el("select", { id, onchange: (event: Event) => set((event.target as HTMLSelectElement).value) },
    ...options.map(([key, words]) => el("option", { value: key, selected: key === value }, words))));
}

function drawJob(section: HTMLElement, state: State, cancel: () => void): void {
  const { job } = state;
  if (!job) return fill(section);
  if (job.state === "running") {
    const stages = job.stages.length ? job.stages : [{ text: "The build begins" }];
    fill(section, el("div", { class: "card of-job" },
      el("ol", { class: "stages" }, ...stages.map((stage, index) => el("li", {}, icon(index < stages.length - 1 ? "tick" : "half", index < stages.length - 1 ? "confirmed" : ""), m(stage), index < stages.length - 1 ? "" : "…"))),
      el("div", { class: "acts" }, el("button", { type: "button", class: "button small", onclick: cancel }, t("Cancel")))));
    return;
  }
  const errors = job.findings.filter(({ severity }) => severity === "error");
  const warnings = job.findings.filter(({ severity }) => severity !== "error");
  const failed = job.state === "failed";
  const kept = failed && state.files.files.length ? t("The files of the last build stay as they were.") : "";
  fill(section, el("div", { class: `card ${failed ? "of-error" : "of-done"}` },
    el("p", { class: "say" }, icon(failed ? "stop" : job.state === "done" ? "tick" : "ok", failed ? "error" : "confirmed"), el("span", { class: "what" }, outcome(job)), " ", job.reason ? m(job.reason) : "", kept),
    job.state === "done" ? approvalNote(openDocument() ?? state.view) : null,
    errors.length ? findingList(errors, state.view) : null,
    warnings.length ? el("details", {}, el("summary", {}, n(warnings.length, "{n} remark", "{n} remarks")), findingList(warnings, state.view)) : null));
}

function drawFiles(section: HTMLElement, state: State): void {
  const { files } = state.files;
  const old = files.some((file: BuiltFile) => file.current === false);
  fill(section,
    el("h2", { id: "h-files" }, t("Files")),
    files.length ? null : el("p", { class: "quiet" }, t("Nothing has been built yet. The files will stand in {folder}.", { folder: state.files.folder })),
    old ? el("p", { class: "page-note" }, icon("turn", "stale"), " ", t("The document has changed since these files were built.")) : null,
    files.length ? fileTable(files, state.view) : null);
}
