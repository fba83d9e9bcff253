// Requests to the server of the desk. Every one carries the session secret; none goes anywhere else.
import type { Failure } from "./types";

/** An answer that is not a success, with its findings or conflict. */
export class Refused extends Error {
  constructor(readonly status: number, readonly failure: Failure) {
    super(failure.findings?.[0]?.message ?? `${status}`);
  }
}

/** The server cannot be reached, or has not proved itself yet. */
export class Unreachable extends Error {}

const SECRET = "ipdocs-secret";
let workspaceKey = "";

/** The workspace key, in base64; kept in memory only. */
export function theWorkspaceKey(): string {
  return workspaceKey;
}

/** Exchange the code of the address, or the secret of this tab, for the keys; returns whether the page was let in. */
export async function enter(): Promise<boolean> {
  const code = new URLSearchParams(location.hash.slice(1)).get("c");
  if (code !== null) history.replaceState(null, "", location.pathname + location.search);
  if (code === null && !sessionStorage.getItem(SECRET)) return false;
  try {
    const keys = await call<{ secret: string; key: string }>("POST", "/enter", code === null ? {} : { code });
    sessionStorage.setItem(SECRET, keys.secret);
    workspaceKey = keys.key;
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return false;
  }
}

/** Send a request below /api and return its JSON. Throws Refused or Unreachable. */
export async function call<T>(method: string, path: string, body?: unknown, options: RequestInit = {}): Promise<T> {
  const answer = await request(method, path, body, options);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** Send a request below /api and return the answer, for pictures and streams. Throws Refused or Unreachable. */
export async function request(method: string, path: string, body?: unknown, options: RequestInit = {}): Promise<Response> {
  const headers = new Headers(options.headers);
  const secret = sessionStorage.getItem(SECRET);
  if (secret) headers.set("Authorization", `Bearer ${secret}`);
  if (body !== undefined && !(body instanceof FormData)) headers.set("Content-Type", "application/json");
  const sent = body === undefined || body instanceof FormData ? body : JSON.stringify(body);
  let answer: Response;
  try {
    answer = await fetch(`/api${path}`, { ...options, method, headers, body: sent, credentials: "omit", cache: "no-store", redirect: "error" });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable(String(error));
  }
  if (answer.ok || answer.status === 304) return answer;
  throw new Refused(answer.status, (await answer.json().catch(() => ({}))) as Failure);
}

/** The path of a document below /api: "/d/folder:release.yaml". */
export function documentPath(name: string, rest = ""): string {
  return `/d/${encodeURIComponent(name).replaceAll("%3A", ":")}${rest}`;
}
