// What happens elsewhere: one event stream for all tabs. The tab that holds the lock reads it, and passes everything on.
import { distrust, request } from "./api";
import type { DeskEvent } from "./types";

type Passed = { kind: "event"; id: string; event: DeskEvent } | { kind: "away"; away: boolean };

const channel = new BroadcastChannel("ipdocs-events");
const eventListeners = new Set<(event: DeskEvent) => void>();
const awayListeners = new Set<(away: boolean) => void>();
const LOCK = "ipdocs-events";
const AGAIN = 1000;
/** Longer than the heartbeat of the server: a stream that is silent for so long is broken. */
const SILENCE = 40_000;
let lastId = "";
let isAway = false;

/** Begin to listen to what happens after the event that the desk told last; called once. */
export function startEvents(last: string): void {
  lastId = last;
  channel.addEventListener("message", ({ data }: MessageEvent<Passed>) => take(data));
  void navigator.locks.request(LOCK, () => read());
}

/** Call a function for every event; returns a function that ends this. */
export function onEvent(listener: (event: DeskEvent) => void): () => void {
  eventListeners.add(listener);
  return () => eventListeners.delete(listener);
}

/** Call a function when the desk is away, and when it is there again; returns a function that ends this. */
export function onAway(listener: (away: boolean) => void): () => void {
  awayListeners.add(listener);
  return () => awayListeners.delete(listener);
}

function take(passed: Passed): void {
  if (passed.kind === "event") {
    lastId = passed.id;
    for (const listener of eventListeners) listener(passed.event);
    return;
  }
  if (passed.away) distrust();
  if (passed.away === isAway) return;
  isAway = passed.away;
  for (const listener of awayListeners) listener(isAway);
}

function pass(passed: Passed): void {
  channel.postMessage(passed);
  take(passed);
}

/** Read the stream for as long as this tab lives. */
async function read(): Promise<void> {
  for (;;) {
    await readOnce().catch(() => undefined); // whatever ended the stream, it is read again
    pass({ kind: "away", away: true });
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
  }
}

async function readOnce(): Promise<void> {
  const silence = new AbortController();
  let timer = 0;
  const wake = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), SILENCE);
  };
  wake();
  try {
    const answer = await request("GET", "/events", undefined, { headers: lastId ? { "Last-Event-ID": lastId } : {}, signal: silence.signal });
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      wake();
      text += value;
      const parts = text.split("\n\n");
      text = parts.pop() ?? "";
      for (const part of parts) takePart(part);
    }
  } finally {
    clearTimeout(timer);
  }
}

function takePart(part: string): void {
  if (isAway) pass({ kind: "away", away: false });
  const lines = part.split("\n");
  const id = lines.find((line) => line.startsWith("id: "))?.slice(4);
  const data = lines.filter((line) => line.startsWith("data: ")).map((line) => line.slice(6)).join("\n");
  if (data) pass({ kind: "event", id: id ?? lastId, event: JSON.parse(data) as DeskEvent });
  else if (id) lastId = id;
}
