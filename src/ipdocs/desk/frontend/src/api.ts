// Requests to the server of the desk. Every one carries the session secret; none goes anywhere else.
import type { Failure } from "./types";
import { told } from "./words";

/** An answer that is not a success, with its findings or conflict. */
export class Refused extends Error {
  constructor(readonly status: number, readonly failure: Failure) {
    super(failure.findings?.[0] ? told(failure.findings[0]) : `${status}`);
  }
}

/** The server cannot be reached, or has not proved itself yet. */
export class Unreachable extends Error {}

const SECRET = "ipdocs-secret";
let workspaceKey = "";
/** Whether the server has proved that it is the desk of this workspace, and nothing has failed since. */
let isProved = false;
let proving: Promise<void> | null = null;

type Keys = { secret: string; key: string };

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
    keepKeys((await (await send("POST", "/enter", code === null ? {} : { code })).json()) as Keys);
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return false;
  }
}

/** Note that the server may be another one: before anything else is sent, it has to prove itself. */
export function distrust(): void {
  isProved = false;
}

/** Let the server prove that it has the workspace key, then prove it to the server, and take its new secret. */
async function prove(): Promise<void> {
  const nonce = crypto.randomUUID() + crypto.randomUUID();
  const hello = (await (await send("GET", `/hello?n=${nonce}`, undefined, {}, "")).json()) as { proof: string; nonce: string };
  if (hello.proof !== (await proof("desk", nonce))) throw new Unreachable("another program answers at this address");
  keepKeys((await (await send("POST", "/enter", { nonce: hello.nonce, proof: await proof("page", hello.nonce) }, {}, "")).json()) as Keys);
}

function proveOnce(): Promise<void> {
  proving ??= prove().finally(() => (proving = null));
  return proving;
}

async function proof(side: "desk" | "page", nonce: string): Promise<string> {
  const bytes = Uint8Array.from(atob(workspaceKey), (character) => character.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const signed = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(["ipdocs desk", side, nonce, location.origin].join("\n")));
  return Array.from(new Uint8Array(signed), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function keepKeys(keys: Keys): void {
  sessionStorage.setItem(SECRET, keys.secret);
  workspaceKey = keys.key;
  isProved = true;
}

/** Send a request below /api and return its JSON. Throws Refused or Unreachable. */
export async function call<T>(method: string, path: string, body?: unknown, options: RequestInit = {}): Promise<T> {
  const answer = await request(method, path, body, options);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** Send a request below /api and return the answer, for pictures and streams. Throws Refused or Unreachable. */
export async function request(method: string, path: string, body?: unknown, options: RequestInit = {}): Promise<Response> {
  if (!isProved) await proveOnce(); // while all is well, the request goes out at once, as a page that is being left needs it
  try {
    return await send(method, path, body, options);
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 401) throw error;
    distrust(); // the desk was started again in the meantime
    await proveOnce();
    return send(method, path, body, options);
  }
}

async function send(method: string, path: string, body?: unknown, options: RequestInit = {}, secret = sessionStorage.getItem(SECRET)): Promise<Response> {
  const headers = new Headers(options.headers);
  if (secret) headers.set("Authorization", `Bearer ${secret}`);
  if (body !== undefined && !(body instanceof FormData)) headers.set("Content-Type", "application/json");
  const sent = body === undefined || body instanceof FormData ? body : JSON.stringify(body);
  let answer: Response;
  try {
    answer = await fetch(`/api${path}`, { ...options, method, headers, body: sent ?? null, credentials: "omit", cache: "no-store", redirect: "error" });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    distrust();
    throw new Unreachable(String(error));
  }
  if (answer.ok || answer.status === 304) return answer;
  throw new Refused(answer.status, (await answer.json().catch(() => ({}))) as Failure);
}

/** The path of a document below /api: "/d/folder:release.yaml". */
export function documentPath(name: string, rest = ""): string {
  return `/d/${encodeURIComponent(name).replaceAll("%3A", ":")}${rest}`;
}
