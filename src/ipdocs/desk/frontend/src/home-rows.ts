// The table of documents on Home.
import { approvedBy } from "./approval";
import { ago, dateAndTime } from "./dates";
import { el, icon, type Child } from "./dom";
import type { HomeCounts, HomeRow } from "./home-types";
import { m, n, t } from "./words";

/** Draw the row of a document; `openMenu` is called with the button of its menu. */
export function drawRow(row: HomeRow, openMenu: (row: HomeRow, button: HTMLElement) => void): HTMLElement {
  const now = new Date();
  const more = el("button", { type: "button", class: "button square plain more", "aria-haspopup": "menu", "aria-label": t("{title}: menu", { title: titleOf(row) }), title: t("Menu (F2)"), onclick: () => openMenu(row, more) }, icon("more"));
  return el("tr", { "data-document": row.document, "aria-busy": row.pending ? "true" : null },
    el("th", { scope: "row" }, ...titles(row)),
    el("td", { class: "kind" }, ...timeAndKind(row, now)),
    el("td", {}, languages(row)),
    el("td", { class: "findings" }, ...findings(row), ...readers(row)),
    el("td", { class: "last" }, ago(new Date(row.changed), now)),
    el("td", { class: "menu-cell" }, more));
}

/** The title of a document in the language in which it is written first. */
export function titleOf(row: HomeRow): string {
  return (row.original && row.title[row.original]) || Object.values(row.title)[0] || nameOf(row);
}

/** The name of a document that has no title yet: its folder. */
function nameOf(row: HomeRow): string {
  const parts = row.document.replace(/\.ya?ml$/, "").split(":");
  return parts.length > 1 && /^(release|minutes)$/.test(parts.at(-1) ?? "") ? parts.slice(0, -1).join(" / ") : parts.join(" / ");
}

/** How many texts of a document are drafts, have another original, or are missing, in the languages that people write. */
export function openTexts(row: HomeRow): { draft: number; changed: number; missing: number } {
  const sum = { draft: 0, changed: 0, missing: 0 };
  for (const { counts, derived_from } of row.languages) {
    if (derived_from) continue;
    sum.draft += counts.draft ?? 0;
    sum.changed += counts.changed ?? 0;
    sum.missing += counts.missing ?? 0;
  }
  return sum;
}

function titles(row: HomeRow): Child[] {
  const [first, ...others] = row.languages.filter(({ derived_from }) => !derived_from).sort((a, b) => Number(b.code === row.original) - Number(a.code === row.original));
  const link = el("a", { href: `/d/${row.document}`, lang: first?.tag ?? null }, titleOf(row));
  return [link, ...others.filter(({ code }) => row.title[code]).map(({ code, tag }) => el("span", { lang: tag }, row.title[code]))];
}

function timeAndKind(row: HomeRow, now: Date): Child[] {
  if (!row.kind_name) return [row.pending ? "…" : "", el("span", { class: "sub" }, row.problem ? t("cannot be read") : "")];
  const kind = m(row.kind_name);
  if (row.meeting) return [t("Meeting {day}", { day: dateAndTime(row.meeting, now) }), el("span", { class: "sub" }, row.is_agenda ? t("Agenda; minutes to come") : kind)];
  return [row.issued ? dateAndTime(row.issued, now) : "", el("span", { class: "sub" }, row.embargoed ? t("{kind}, embargoed", { kind }) : kind)];
}

function languages(row: HomeRow): HTMLElement {
  const list = el("ul", { class: "langs" });
  for (const { code, tag, short, derived_from, counts } of row.languages) {
    const origin = row.languages.find((language) => language.code === derived_from);
    const words = origin ? [t("follows"), " ", el("span", { lang: origin.tag }, origin.short)] : [standing(counts, code === row.original)];
    list.append(el("li", {}, el("span", { class: "short", lang: tag }, short), meter(counts, (derived_from ?? code) === row.original), el("span", {}, ...words)));
  }
  return list;
}

function standing(counts: HomeCounts, isOriginal: boolean): string {
  const { total = 0, confirmed = 0, missing = 0, draft = 0 } = counts;
  if (!isOriginal && confirmed === total && total) return t("confirmed");
  if (!isOriginal && confirmed) return t("{n} of {total} confirmed", { n: confirmed, total });
  if (missing + draft === 0) return t("written");
  return t("{n} of {total} written", { n: total - missing - draft, total });
}

/** The bar of a language: what is finished is full, what is begun is striped. */
function meter(counts: HomeCounts, isOriginal: boolean): HTMLElement {
  const { total = 0, confirmed = 0, missing = 0, draft = 0, changed = 0 } = counts;
  const finished = isOriginal || !confirmed ? total - missing - draft - changed : confirmed;
  const bar = el("span", { class: "meter", "aria-hidden": "true" });
  for (const [name, part] of [["a", finished], ["b", total - missing - finished]] as const) {
    const piece = el("i", { class: name });
    piece.style.setProperty("width", `${total ? (100 * part) / total : 0}%`);
    bar.append(piece);
  }
  return bar;
}

/** Who approved the document, what has changed since, and how many remarks are open. */
function readers(row: HomeRow): Child[] {
  const { approval, remarks = 0 } = row;
  const changed = approval?.changed.length ?? 0;
  const words = !approval ? null : changed ? el("span", { class: "sub since" }, icon("turn", "stale"), n(changed, "{n} block changed since approval", "{n} blocks changed since approval"))
    : el("span", { class: "sub since" }, icon("tick", "confirmed"), approvedBy(approval));
  return [words, remarks ? el("span", { class: "sub since" }, icon("pen"), n(remarks, "{n} remark to settle", "{n} remarks to settle")) : null];
}

function findings(row: HomeRow): Child[] {
  if (row.problem) return [el("span", { class: "error" }, el("b", {}, "1"), " ", t("to mend")), el("span", { class: "sub" }, row.problem[0]?.message ?? "")];
  if (!row.findings) return [el("span", { class: "quiet" }, "…")];
  const { errors, warnings, first } = row.findings;
  const { missing } = openTexts(row);
  const sub = errors + warnings ? (first ? m(first) : "") : missing ? n(missing, "{n} text not written yet", "{n} texts not written yet") : "";
  const counts: Child[] = [];
  if (errors) counts.push(el("span", { class: "error" }, el("b", {}, errors), " ", t("to mend")));
  if (warnings) counts.push(errors ? el("span", { class: "sub" }, t("{n} to look at", { n: warnings })) : el("span", { class: "draft" }, el("b", {}, warnings), " ", t("to look at")));
  return [...(counts.length ? counts : [t("none")]), sub ? el("span", { class: "sub" }, sub) : null];
}
