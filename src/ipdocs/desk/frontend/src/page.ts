// The picture of the page beside the words: it follows what is written, frames the block of the caret, and can be clicked.
import { addPanel } from "./panels";
import { Refused, Unreachable, call, documentPath, request } from "./api";
import { el, fill, icon } from "./dom";
import { boxesToFrame, clickedCell, unionOf } from "./page-boxes";
import { editionsOf, wordsOfEdition, type Edition } from "./editions";
import { onChange } from "./store";
import type { DocumentView, Places } from "./types";
import { m, n, t, when } from "./words";

const PAUSE = 120;
const CSS_PIXELS = 794; // the width of A4 at 100 %

type Shown = { version: number; digest: string; page: number; pages: number; at: Date };
type Panel = {
  view: DocumentView;
  edition: Edition;
  page: number;
  whole: boolean;
  places: Places | null;
  shown: Shown | null;
  timer: number;
  /** The drawing that is under way, and the one that follows it with what stands then. */
  drawing: Promise<void>;
  next: Promise<void> | null;
  goTo: (target: { place: string; lang: string }) => void;
  parts: Parts;
};
type Parts = { aside: HTMLElement; choose: HTMLSelectElement; before: HTMLElement; number: HTMLElement; after: HTMLElement; zoom: HTMLElement; progress: HTMLElement; note: HTMLElement; sheet: HTMLElement; figure: HTMLElement; image: HTMLImageElement; spot: HTMLElement; words: HTMLElement };

let panel: Panel | null = null;
let stop = (): void => {};

/** Show the page of a document beside its words. */
export function showPagePanel(aside: HTMLElement, view: DocumentView, goTo: Panel["goTo"]): void {
  stop();
  const { section, head } = addPanel(aside, "page", t("Page"));
  const parts = drawParts(aside, section, head);
  const editions = editionsOf(view);
  const kept = localStorage.getItem(`ipdocs-edition:${view.document}`);
  const edition = editions.find((candidate) => candidate.id === kept) ?? editions.find((candidate) => candidate.usual) ?? editions[0]!;
  fill(parts.choose, ...editions.map((candidate) => el("option", { value: candidate.id, selected: candidate === edition }, wordsOfEdition(candidate, view))));
  panel = { view, edition, page: 1, whole: true, places: null, shown: null, timer: 0, drawing: Promise.resolve(), next: null, goTo, parts };
  listen(panel, editions);
  const leave = onChange((changed) => {
    if (!parts.sheet.isConnected || !panel) return stop();
    panel.view = changed;
    later(panel);
  });
  const follow = (event: Event) => {
    if ((event.target as Element).closest?.(".blocks")) frame(true);
  };
  document.addEventListener("focusin", follow);
  const opened = () => panel && !panel.shown && later(panel);
  document.addEventListener("panels", opened);
  const seen = () => panel && later(panel);
  document.addEventListener("visibilitychange", seen);
  const resized = new ResizeObserver(() => panel && isSeen(panel) && later(panel));
  resized.observe(parts.sheet);
  stop = () => {
    leave();
    resized.disconnect();
    document.removeEventListener("focusin", follow);
    document.removeEventListener("panels", opened);
    document.removeEventListener("visibilitychange", seen);
  };
  void drawNow(panel);
}

function drawParts(aside: HTMLElement, section: HTMLElement, head: HTMLElement): Parts {
  const choose = el("select", { id: "edition" });
  const before = el("button", { type: "button", class: "button small square plain", "aria-label": t("Page before") }, icon("left"));
  const number = el("span", { class: "pages" });
  const after = el("button", { type: "button", class: "button small square plain", "aria-label": t("Next page") }, icon("right"));
  const zoom = el("button", { type: "button", class: "button small square plain", "aria-pressed": "false", "aria-label": t("Show the page in its real size"), title: t("Show the page in its real size") }, icon("zoom"));
  const progress = el("div", { class: "progress", hidden: true });
  const note = el("p", { class: "page-note", role: "status", hidden: true });
  const words = el("div", { id: "page-words", hidden: true });
  const image = el("img", { alt: "", "aria-describedby": "page-words" });
  const spot = el("span", { class: "spot", "aria-hidden": "true", hidden: true });
  const figure = el("figure", { hidden: true }, image, spot);
  const sheet = el("div", { class: "sheet", tabindex: 0, role: "group", "aria-label": t("Picture of the page") }, figure, words);
  head.append(el("label", { class: "unseen", for: "edition" }, t("Edition")), choose, before, number, after, zoom);
  section.append(progress, note, sheet);
  section.classList.add("page-panel");
  return { aside, choose, before, number, after, zoom, progress, note, sheet, figure, image, spot, words };
}

function listen(own: Panel, editions: Edition[]): void {
  const { choose, before, after, zoom, figure } = own.parts;
  choose.addEventListener("change", () => {
    own.edition = editions.find(({ id }) => id === choose.value) ?? own.edition;
    localStorage.setItem(`ipdocs-edition:${own.view.document}`, own.edition.id);
    own.page = 1;
    void drawNow(own).then(() => frame(true));
  });
  const turn = (by: number) => () => {
    const page = own.page + by;
    if (page < 1 || page > (own.shown?.pages ?? 1)) return;
    own.page = page;
    own.parts.sheet.scrollTop = 0;
    void drawNow(own);
  };
  before.addEventListener("click", turn(-1));
  after.addEventListener("click", turn(1));
  zoom.addEventListener("click", () => {
    own.whole = !own.whole;
    zoom.setAttribute("aria-pressed", String(!own.whole));
    void drawNow(own).then(() => frame(true));
  });
  figure.addEventListener("click", (event) => {
    const box = figure.getBoundingClientRect();
    const cell = own.places && clickedCell(own.places, own.view, own.shown?.page ?? 1, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    if (cell) own.goTo(cell);
  });
}

function isSeen(own: Panel): boolean {
  return own.parts.sheet.clientWidth > 0 && document.visibilityState === "visible";
}

function later(own: Panel): void {
  clearTimeout(own.timer);
  own.timer = window.setTimeout(() => void drawNow(own), PAUSE);
}

/** Draw the page as it stands when the drawing under way has ended: requests that wait for pictures must not keep words from being saved. */
function drawNow(own: Panel): Promise<void> {
  own.next ??= own.drawing.then(() => {
    own.next = null;
    return (own.drawing = draw(own));
  });
  return own.next;
}

/** Ask for the picture and the places of the rows. The old picture stays until the new one is there. */
async function draw(own: Panel): Promise<void> {
  if (own !== panel || !isSeen(own)) return;
  const { parts, edition } = own;
  const query = `edition=${encodeURIComponent(edition.codes.join("+"))}&layout=${edition.layout}&v=${own.view.version}`;
  const cssWidth = own.whole ? parts.sheet.clientWidth - 28 : CSS_PIXELS;
  const width = Math.min(Math.round(cssWidth * devicePixelRatio), 3000);
  parts.figure.style.setProperty("width", `${cssWidth}px`);
  parts.progress.hidden = false;
  try {
    const known = own.shown ? `&known=${own.shown.digest}` : "";
    const [answer, places] = await Promise.all([
      request("GET", documentPath(own.view.document, `/page/${own.page}?${query}&w=${width}${known}`), undefined, { priority: "low" }),
      call<Places>("GET", documentPath(own.view.document, `/places?${query}`), undefined, { priority: "low" }),
    ]);
    const version = Number(answer.headers.get("X-Version"));
    if (own !== panel || edition !== own.edition || version < (own.shown?.version ?? 0)) return;
    own.places = places;
    const pages = Number(answer.headers.get("X-Pages"));
    own.page = Math.min(own.page, pages);
    if (answer.status === 200) await showPicture(own, await answer.blob());
    own.shown = { version, digest: answer.headers.get("X-Digest") ?? "", page: own.page, pages, at: new Date() };
    parts.note.hidden = true;
    describe(own);
    frame(false);
  } catch (error) {
    if (error instanceof Unreachable) return; // the bar at the top says so
    if (!(error instanceof Refused)) throw error;
    tellWhy(own, error);
  } finally {
    parts.progress.hidden = own.next === null;
  }
}

async function showPicture(own: Panel, picture: Blob): Promise<void> {
  const { image, figure } = own.parts;
  const address = URL.createObjectURL(picture);
  const fresh = new Image();
  fresh.src = address;
  await fresh.decode();
  const last = image.src;
  image.src = address;
  image.width = fresh.naturalWidth;
  image.height = fresh.naturalHeight;
  figure.hidden = false;
  if (last.startsWith("blob:")) URL.revokeObjectURL(last);
}

function describe(own: Panel): void {
  const { parts, shown } = own;
  if (!shown || !own.places) return;
  parts.number.textContent = t("{page} of {pages}", { page: shown.page, pages: shown.pages });
  parts.before.setAttribute("aria-disabled", String(shown.page <= 1));
  parts.after.setAttribute("aria-disabled", String(shown.page >= shown.pages));
  parts.image.alt = t("Page {page} as it will be printed, marked as a draft: {edition}", { page: shown.page, edition: wordsOfEdition(own.edition, own.view) });
  parts.sheet.setAttribute("aria-label", t("Picture of page {page}; the block you are in is framed", { page: shown.page }));
  fill(parts.words, ...(own.places.texts[shown.page - 1] ?? "").split("\n").map((line) => el("p", {}, line)));
}

/** Say why the page is not drawn, and how old the picture is. */
function tellWhy(own: Panel, error: Refused): void {
  const findings = (error.failure.findings ?? []).filter((finding) => finding.severity === "error");
  const more = findings.length > 1 ? ` ${n(findings.length - 1, "and {n} more", "and {n} more")}` : "";
  const reason = error.failure.reason ? m(error.failure.reason) : `${t(findings[0]?.message ?? "")}${more}`;
  const time = own.shown ? when(own.shown.at, { hour: "2-digit", minute: "2-digit" }) : "";
  own.parts.note.textContent = time ? t("This page is from {time}, because {reason}", { time, reason }) : t("There is no page yet, because {reason}", { reason });
  own.parts.note.hidden = false;
}

/** Frame the block of the caret; turn to its page and scroll to it if the caret has moved. */
function frame(moved: boolean): void {
  const own = panel;
  if (!own?.places || !own.shown) return;
  const block = document.querySelector<HTMLElement>(".block.here");
  const lang = document.activeElement?.closest<HTMLElement>("[data-lang]")?.dataset["lang"] ?? "";
  const boxes = block ? boxesToFrame(own.places, block.dataset["row"] ?? "", lang, own.edition.layout) : [];
  const { spot, sheet, figure } = own.parts;
  const first = boxes[0];
  if (moved && first && !boxes.some((box) => box.page === own.shown?.page)) {
    own.page = first.page;
    void drawNow(own);
    return;
  }
  const here = unionOf(boxes.filter((box) => box.page === own.shown?.page));
  spot.hidden = !here;
  if (!here) return;
  for (const [name, value] of Object.entries({ left: here.x, top: here.y, width: here.w, height: here.h })) spot.style.setProperty(name, `${value * 100}%`);
  const top = figure.offsetTop + here.y * figure.offsetHeight;
  const bottom = top + here.h * figure.offsetHeight;
  if (!moved && document.activeElement === sheet) return;
  if (top < sheet.scrollTop + 8 || bottom > sheet.scrollTop + sheet.clientHeight - 8) sheet.scrollTop = Math.max(0, top - Math.max(24, (sheet.clientHeight - (bottom - top)) / 3));
}

