// What all pages share: head, tabs, the page of the address, links without loading anew.
import { Refused } from "./api";
import { showApprove } from "./approve";
import { showDeskSettings } from "./desk-settings";
import { el, fill, icon, unseen } from "./dom";
import { onAway } from "./events";
import { showFiles } from "./files";
import { showHome } from "./home";
import { showImport } from "./import";
import { startKeyHelp } from "./key-help";
import { startRegions } from "./regions";
import { say, startSaying, sayUrgent } from "./say";
import { showSettings } from "./settings";
import { close, openDocument } from "./store";
import type { DeskInfo } from "./types";
import { showToDo } from "./todo";
import { t } from "./words";
import { showWrite } from "./write";

/** Draws a page into its main element; `name` is the document of the address. */
type Draw = (main: HTMLElement, name: string, info: DeskInfo) => Promise<void>;
type Page = { path: string; label: string; draw: Draw; class: string };

/** The pages of the desk. */
const DESK_PAGES: Page[] = [
  { path: "/", label: "Documents", draw: showHome, class: "home" },
  { path: "/import", label: "Import", draw: showImport, class: "import-page" },
  { path: "/desk", label: "Settings of the desk", draw: showDeskSettings, class: "form-page" },
];
/** The pages of a document; their paths follow its own. Their labels are its tabs. */
const DOCUMENT_PAGES: Page[] = [
  { path: "", label: "Write", draw: showWrite, class: "write" },
  { path: "/todo", label: "To do", draw: showToDo, class: "todo-page" },
  { path: "/approve", label: "Approve", draw: showApprove, class: "write approve" },
  { path: "/files", label: "Files", draw: showFiles, class: "files-page" },
  { path: "/settings", label: "Settings", draw: showSettings, class: "settings-page" },
];

let desk: DeskInfo;

/** Draw the page of the address, and follow links within the desk from now on. */
export async function showPage(info: DeskInfo): Promise<void> {
  desk = info;
  document.addEventListener("click", followLink);
  addEventListener("popstate", () => void draw());
  startKeyHelp();
  startRegions();
  onAway(showAway);
  await draw();
}

/** Draw the page again, with what the desk now says of itself: after a change of the language. */
export async function drawAgain(info: DeskInfo): Promise<void> {
  desk = info;
  await draw();
}

/** Go to another page of the desk. */
export async function go(address: string): Promise<void> {
  history.pushState(null, "", address);
  await draw();
  const main = document.getElementById("main");
  if (main?.contains(document.activeElement)) return; // the address names a text
  main?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

/** The page for those who have not come by `ipdocs desk`. */
export function showClosed(): void {
  document.title = `${t("The desk is closed in this window")} · ipdocs desk`;
  fill(document.body, el("main", { class: "plain-page" },
    el("h1", {}, t("The desk is closed in this window")),
    el("p", {}, t("Open it with this command, in the folder of your documents:"), " ", el("code", {}, "ipdocs desk"))));
}

function pageOf(path: string): { page: Page | undefined; name: string } {
  const [, name, rest] = /^\/d\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  if (name === undefined) return { page: DESK_PAGES.find((page) => page.path === path), name: "" };
  return { page: DOCUMENT_PAGES.find((page) => page.path === (rest ?? "")), name };
}

async function draw(): Promise<void> {
  const { page, name } = pageOf(addressOf(location.pathname));
  const main = el("main", { id: "main", tabindex: -1, class: page?.class ?? "plain-page" });
  close();
  document.title = `${page ? t(page.label) : t("There is no such page")} · ipdocs desk`;
  fill(document.body, el("a", { class: "skip", href: "#main" }, t("To the content")), head(name, page), main);
  startSaying();
  if (!page) {
    main.append(el("h1", {}, t("There is no such page")), el("p", {}, el("a", { href: "/" }, t("All documents"))));
    return;
  }
  try {
    await page.draw(main, name, desk);
    main.dataset["ready"] = "";
  } catch (error) {
    if (!main.isConnected && !document.querySelector(".editor")) return; // another page was asked for in the meantime
    if (!(error instanceof Refused)) throw error;
    main.className = "plain-page";
    main.removeAttribute("aria-busy");
    fill(main, el("h1", {}, t("This page cannot be shown")),
      ...(error.failure.findings ?? []).map(({ message, line, hint }) => el("p", {}, line ? t("Line {line}: {message}", { line, message }) : sentence(message), hint ? el("span", { class: "sub" }, t("What to do: {hint}", { hint })) : null)),
      el("p", { class: "acts" }, el("a", { class: "button first", href: location.pathname }, t("Try again")), " ", el("a", { class: "button", href: "/" }, t("All documents"))));
  }
}

function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}

function addressOf(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function head(name: string, page: Page | undefined): HTMLElement {
  const here = (other: Page) => (other === page ? "page" : null);
  const mark = el("a", { class: "mark", href: "/" }, el("span", { class: "tile", "aria-hidden": "true" }, "文"), name ? unseen(t("All documents")) : t("The desk"));
  const about = name ? el("div", {}, el("h1", { id: "title" }, name), el("p", { class: "about", id: "about" })) : el("p", { class: "about" }, desk.workspace);
  const saved = el("p", { class: "saved", id: "saved" }, icon("ok"), t("Everything is saved"));
  const tools = el("div", { class: "tools", id: "tools" });
  if (!name) tools.append(el("a", { class: "button", href: "/desk", "aria-current": page?.path === "/desk" ? "page" : null }, t("Settings")));
  const links = name
    ? DOCUMENT_PAGES.map((other) => el("a", { href: `/d/${name}${other.path}`, "aria-current": here(other) }, t(other.label)))
    : DESK_PAGES.filter(({ path }) => path !== "/desk").map((other) => el("a", { href: other.path, "aria-current": here(other) }, t(other.label)));
  return el("header", { class: "bar" },
    el("div", { class: "bar-top" }, mark, about, saved, tools),
    el("nav", { class: "tabs", "aria-label": name ? t("This document") : t("The desk") }, ...links));
}

/** Say that the desk has stopped, on pages without a document; those with one say what is not saved, too. */
function showAway(away: boolean): void {
  document.querySelector(".away")?.remove();
  if (openDocument()) return;
  const words = t("The desk has stopped. Start it again with: ipdocs desk");
  if (away) {
    document.querySelector("header.bar")?.append(el("div", { class: "trouble away" }, icon("stop"), el("p", {}, words)));
    sayUrgent(words);
  } else say(t("The desk is there again."));
}

function followLink(event: MouseEvent): void {
  const link = (event.target as Element).closest("a");
  if (!link || link.origin !== location.origin || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (link.hasAttribute("download") || link.target || link.getAttribute("href")?.startsWith("#")) return;
  event.preventDefault();
  void go(link.pathname + link.search);
}
