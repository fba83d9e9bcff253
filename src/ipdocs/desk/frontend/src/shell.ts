// What all pages share: head, tabs, the page of the address, links without loading anew.
import { Refused } from "./api";
import { el, fill, icon } from "./dom";
import { showFiles } from "./files";
import { showHome } from "./home";
import { startSaying } from "./say";
import { showSettings } from "./settings";
import { close } from "./store";
import type { DeskInfo } from "./types";
import { t } from "./words";
import { showWrite } from "./write";

/** Draws a page into its main element; `name` is the document of the address. */
type Draw = (main: HTMLElement, name: string, info: DeskInfo) => Promise<void>;
type Page = { path: RegExp; tab: string; draw: Draw; class: string };

/** The pages, by their addresses. */
const PAGES: Page[] = [
  { path: /^\/$/, tab: "Documents", draw: showHome, class: "home" },
  { path: /^\/d\/([^/]+)$/, tab: "Write", draw: showWrite, class: "write" },
  { path: /^\/d\/([^/]+)\/files$/, tab: "Files", draw: showFiles, class: "files-page" },
  { path: /^\/d\/([^/]+)\/settings$/, tab: "Settings", draw: showSettings, class: "settings-page" },
];
const DOCUMENT_TABS = [["Write", ""], ["To do", "/todo"], ["Approve", "/approve"], ["What changed", "/changes"], ["Files", "/files"], ["Settings", "/settings"]] as const;

let desk: DeskInfo;

/** Draw the page of the address, and follow links within the desk from now on. */
export async function showPage(info: DeskInfo): Promise<void> {
  desk = info;
  document.addEventListener("click", followLink);
  addEventListener("popstate", () => void draw());
  await draw();
}

/** Go to another page of the desk. */
export async function go(address: string): Promise<void> {
  history.pushState(null, "", address);
  await draw();
}

/** The page for those who have not come by `ipdocs desk`. */
export function showClosed(): void {
  fill(document.body, el("main", { class: "plain-page" }, el("h1", {}, t("The desk is closed in this window")), el("p", {}, t("Open it with the command:"), " ", el("code", {}, "ipdocs desk"))));
}

async function draw(): Promise<void> {
  const path = decodeURIComponent(location.pathname);
  const page = PAGES.find(({ path: pattern }) => pattern.test(path));
  const name = page?.path.exec(path)?.[1] ?? "";
  const main = el("main", { id: "main", tabindex: -1, class: page?.class ?? "plain-page" });
  close();
  fill(document.body, el("a", { class: "skip", href: "#main" }, t("To the content")), head(name, page?.tab ?? ""), main);
  startSaying();
  if (!page) {
    main.append(el("h1", {}, t("There is no such page")));
    return;
  }
  try {
    await page.draw(main, name, desk);
    main.dataset["ready"] = "";
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    main.append(el("h1", {}, t("This page cannot be shown")), ...(error.failure.findings ?? []).map((finding) => el("p", {}, finding.message)));
  }
}

function head(name: string, tab: string): HTMLElement {
  const mark = el("a", { class: "mark", href: "/" }, el("span", { class: "tile", "aria-hidden": "true" }, "文"), name ? el("span", { class: "unseen" }, t("All documents")) : t("The desk"));
  const about = name ? el("div", {}, el("h1", { id: "title" }, name), el("p", { class: "about", id: "about" })) : el("p", { class: "about" }, desk.workspace);
  const saved = el("p", { class: "saved", id: "saved" }, icon("ok"), t("Everything is saved"));
  const tools = el("div", { class: "tools", id: "tools" });
  const tabs = name ? DOCUMENT_TABS.map(([label, end]) => [label, `/d/${name}${end}`] as const) : [["Documents", "/"] as const];
  const links = tabs.map(([label, href]) => el("a", { href, "aria-current": label === tab ? "page" : null }, t(label)));
  return el("header", { class: "bar" },
    el("div", { class: "bar-top" }, mark, about, saved, tools),
    el("nav", { class: "tabs", "aria-label": name ? t("This document") : t("The desk") }, ...links));
}

function followLink(event: MouseEvent): void {
  const link = (event.target as Element).closest("a");
  if (!link || link.origin !== location.origin || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (link.hasAttribute("download") || link.target || link.getAttribute("href")?.startsWith("#")) return;
  event.preventDefault();
  void go(link.pathname + link.search);
}
