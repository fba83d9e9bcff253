// Builds: started with a choice or that of the last time, followed to their end, and stopped.
import { changedSince } from "./approval";
import { call, documentPath } from "./api";
import { note } from "./dialog";
import { onEvent } from "./events";
import { sendAll } from "./outbox";
import { say } from "./say";
import { openDocument } from "./store";
import type { CoreFinding, DeskEvent, Message } from "./types";
import { n, t } from "./words";

export type Choice = { editions: string[]; formats: string[]; layout: string; letterhead: string; draft: boolean };
export type BuiltFile = {
  path: string; format: string; languages: string[]; layout: string; draft: boolean; bytes: number;
  pages: number | null; lines: number | null; facts: number | null; findings: string[] | null; made?: string; current?: boolean;
};
export type BuildFinding = CoreFinding & { place?: string; lang?: string; excerpts?: { language: string; words: string }[] };
export type Job = { id: string; document: string; state: "running" | "done" | "failed" | "stopped"; stages: Message[]; files: BuiltFile[]; findings: BuildFinding[]; reason: Message | null };
export type FilesView = {
  editions: string[]; formats: string[]; layouts: string[]; letterheads: string[]; choice: Choice; built_before: boolean; folder: string; files: BuiltFile[]; job: Job | null;
};

const LOOK_AGAIN = 2000;

const built = new Set<string>();

/** Whether a document was built before, as far as this tab knows. */
export function wasBuilt(document: string): boolean {
  return built.has(document);
}

/** Ask whether a document was built before. */
export async function learnWhetherBuilt(document: string): Promise<void> {
  if ((await call<FilesView>("GET", documentPath(document, "/files"))).built_before) built.add(document);
}

/** Send what is written, and begin a build; without a choice, the same as the last time. */
export async function startBuild(document: string, choice?: Choice): Promise<Job> {
  await sendAll();
  const job = await call<Job>("POST", documentPath(document, "/build"), choice ?? {});
  built.add(document);
  return job;
}

/** Stop a build; the files of the last one stay. */
export async function stopBuild(job: Job): Promise<Job> {
  return call<Job>("DELETE", `/jobs/${job.id}`);
}

/** Call a function for every change of a build until it ends; returns a function that ends this. */
export function follow(job: Job, listener: (job: Job) => void): () => void {
  let over = false;
  const take = (changed: Job) => {
    if (over) return;
    if (changed.state !== "running") end();
    listener(changed);
  };
  const leave = onEvent((event: DeskEvent) => {
    if (event.type === "job" && event["id"] === job.id) take(event as unknown as Job);
  });
  const timer = setInterval(() => void call<Job>("GET", `/jobs/${job.id}`).then(take, () => undefined), LOOK_AGAIN); // events may be lost
  const end = () => {
    over = true;
    leave();
    clearInterval(timer);
  };
  void call<Job>("GET", `/jobs/${job.id}`).then(take, () => undefined);
  return end;
}

/** Build again with one click, and say how it ended; `show` opens the page with the files. */
export async function buildAgain(document: string, button: HTMLElement, show: () => void): Promise<void> {
  button.setAttribute("aria-disabled", "true");
  say(t("The files are being built"));
  note(t("The files are being built…"), undefined, 60);
  try {
    const job = await startBuild(document);
    follow(job, (changed) => {
      if (changed.state === "running") return;
      button.removeAttribute("aria-disabled");
      note([outcome(changed), changedSince(openDocument())].filter(Boolean).join(". "), { label: t("Show"), act: show }, 12);
    });
  } catch (error) {
    button.removeAttribute("aria-disabled");
    show();
    throw error;
  }
}

/** How a build has ended, in one sentence. */
export function outcome(job: Job): string {
  if (job.state === "done") return n(job.files.length, "{n} file, read again and proved", "{n} files, read again and proved");
  if (job.state === "stopped") return t("Stopped. The files of the last build are as they were.");
  const errors = job.findings.filter(({ severity }) => severity === "error").length;
  return errors ? n(errors, "Not built: {n} place has to be mended first", "Not built: {n} places have to be mended first") : t("Not built");
}
