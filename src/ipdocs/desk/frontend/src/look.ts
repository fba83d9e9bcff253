// Asks the server how a text reads: 120 ms after a key, one question per cell at a time, and never during a composition.
import { call, documentPath, Refused, Unreachable } from "./api";
import { afterComposition } from "./ime";
import { keyOf, openDocument } from "./store";
import type { Look } from "./types";

const PAUSE = 120;
type Question = { place: string; lang: string; text: string };
type Waiting = { timer: number; question: Question; isSent: boolean; next: Question | null };
const waiting = new Map<string, Waiting>();
const listeners = new Set<(look: Look, text: string) => void>();

/** Call a function with each answer and the text it is about; returns a function that ends this. */
export function onLook(listener: (look: Look, text: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Ask about a text soon; a later text of the same cell takes its place. */
export function askToLook(place: string, lang: string, text: string, pause = PAUSE): void {
  const key = keyOf(place, lang);
  const question = { place, lang, text };
  const current = waiting.get(key);
  if (current?.isSent) current.next = question;
  else {
    if (current) clearTimeout(current.timer);
    const timer = setTimeout(() => void send(key), pause);
    waiting.set(key, { timer, question, isSent: false, next: null });
  }
}

async function send(key: string): Promise<void> {
  const current = waiting.get(key);
  const view = openDocument();
  if (!current || !view) return void waiting.delete(key);
  current.isSent = true;
  const { question } = current;
  try {
    const look = await call<Look>("POST", documentPath(view.document, "/look"), question);
    afterComposition(() => listeners.forEach((listener) => listener(look, question.text)));
  } catch (error) {
    if (!(error instanceof Refused || error instanceof Unreachable)) throw error; // the outbox says that the server is away
  }
  waiting.delete(key);
  if (current.next) askToLook(current.next.place, current.next.lang, current.next.text, 0);
}
