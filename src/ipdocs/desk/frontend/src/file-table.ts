// Files that were built, with what was proved about them, and findings that keep a document from being built.
import { Refused, call } from "./api";
import type { BuildFinding, BuiltFile } from "./build";
import { note } from "./dialog";
import { el, icon, unseen, type Child } from "./dom";
import { namesOf } from "./editions";
import type { DocumentView } from "./types";
import { m, n, t, when } from "./words";


/** The everyday name of a format. */
export function formatName(format: string): string {
  return { docx: "Word", pdf: "PDF", html: t("Web page"), txt: t("Plain text") }[format] ?? format;
}

/** The table of files. */
export function fileTable(files: BuiltFile[], view: DocumentView): HTMLElement {
  const heads = [t("File"), t("Size"), t("Pages"), t("Read again"), t("Built"), ""];
  return el("table", { class: "docs files" },
    el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, head || unseen(t("What to do")))))),
    el("tbody", {}, ...files.map((file) => el("tr", {},
      el("th", { scope: "row" }, el("span", { class: "name" }, `${namesOf(file.languages, view)}, ${formatName(file.format)}`), el("span", { class: "sub" }, file.path.split("/").pop() ?? "", file.draft ? ` · ${t("draft")}` : "")),
      el("td", {}, label(t("Size")), size(file.bytes)),
      el("td", {}, label(t("Pages")), file.pages === null ? "–" : String(file.pages)),
      el("td", {}, label(t("Read again")), ...proof(file)),
      el("td", {}, label(t("Built")), file.made ? time(file.made) : ""),
      el("td", { class: "acts" },
        el("button", { type: "button", class: "button small", "aria-label": t("Open {file}", { file: file.path }), onclick: () => void open(file, false) }, t("Open")),
        el("button", { type: "button", class: "button small plain", "aria-label": t("Show {file} in its folder", { file: file.path }), onclick: () => void open(file, true) }, t("Show in folder")))))));
}

function label(text: string): HTMLElement {
  return el("span", { class: "narrow-label" }, `${text}: `);
}

/** What reading the file again has proved. */
function proof(file: BuiltFile): Child[] {
  if (file.lines === null) return [t(file.draft ? "not read again: a draft" : "not read again")];
  const counts = t("{lines} and {facts} are right", { lines: n(file.lines, "{n} line", "{n} lines"), facts: n(file.facts ?? 0, "{n} fact", "{n} facts") });
  return [icon("tick", "confirmed"), " ", counts];
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? t("{n} KB", { n: Math.max(1, Math.round(bytes / 1000)) }) : t("{n} MB", { n: (bytes / 1_000_000).toFixed(1) });
}

function time(text: string): string {
  const date = new Date(text);
  const today = when(date, { dateStyle: "medium" }) === when(new Date(), { dateStyle: "medium" });
  return when(date, today ? { hour: "2-digit", minute: "2-digit" } : { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}

async function open(file: BuiltFile, folder: boolean): Promise<void> {
  try {
    await call("POST", "/open", { path: `out/${file.path}`, folder });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    note(error.failure.reason ? m(error.failure.reason) : t(error.failure.findings?.[0]?.message ?? "It cannot be opened"));
  }
}

/** A list of findings, each with a link to its text and what to do. */
export function findingList(findings: BuildFinding[], view: DocumentView): HTMLElement {
  return el("ul", { class: "finding-list" }, ...findings.map((finding) => el("li", {}, ...oneFinding(finding, view))));
}

function oneFinding(finding: BuildFinding, view: DocumentView): Child[] {
  const language = view.languages.find(({ code }) => code === finding.lang);
  const row = finding.place && view.rows.find(({ id }) => id === finding.place?.split(".")[0]);
  const line = row ? row.lines.find(({ cells }) => Object.values(cells).some(({ place }) => place === finding.place)) : undefined;
  const label = line ? m(line.label) : "";
  const words = finding.excerpts?.[0]?.words ?? "";
  const sentence = finding.sentence && !finding.sentence.includes("{other}") && (words || !finding.sentence.includes("{words}")) ? t(finding.sentence, { words }) : finding.message;
  const place = row ? [el("a", { href: `/d/${view.document}?place=${encodeURIComponent(finding.place ?? "")}&lang=${finding.lang ?? ""}` }, m(row.name), label ? `, ${label}` : "", language ? ", " : "", language ? el("span", { lang: language.tag }, language.name) : ""), ": "] : [];
  return [...place, sentence, finding.hint && !row ? el("span", { class: "sub" }, finding.hint) : null];
}
