// Errors, which have to be mended, and warnings, which have to be looked at: told apart by sign and word, never by colour alone.
import { el, icon, unseen } from "./dom";
import type { DeskFinding } from "./types";
import { n, t } from "./words";

type Severity = DeskFinding["severity"];
type Rated = readonly { severity: Severity }[];

/** The signs and classes of the severities. */
const SEVERITIES: { severity: Severity; sign: "stop" | "look"; class: string }[] = [
  { severity: "error", sign: "stop", class: "error" },
  { severity: "warning", sign: "look", class: "draft" },
];

/** "1 to mend, 2 to look at", or "". */
export function howMany(findings: Rated): string {
  return counts(findings).map(({ words }) => words).join(", ");
}

/** The same with signs, for the line that says how a text stands. */
export function countLine(findings: Rated): HTMLElement {
  const parts = counts(findings).flatMap(({ words, sign, class: name }) => [icon(sign, name), el("span", { class: `word ${name}` }, words), " · "]);
  return el("span", { class: "to-mend", "data-words": howMany(findings) }, ...parts);
}

/** The sign of one finding, with its word for screen readers. */
export function severitySign(severity: Severity): HTMLElement {
  const { sign, class: name } = SEVERITIES.find((other) => other.severity === severity)!;
  return el("span", { class: "sign" }, icon(sign, name), unseen(`${severity === "error" ? t("To mend") : t("To look at")}: `));
}

function counts(findings: Rated): { words: string; sign: "stop" | "look"; class: string }[] {
  return SEVERITIES.flatMap(({ severity, sign, class: name }) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    if (!count) return [];
    return [{ words: severity === "error" ? n(count, "{n} to mend", "{n} to mend") : n(count, "{n} to look at", "{n} to look at"), sign, class: name }];
  });
}
