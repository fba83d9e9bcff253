// The words that the server has not answered yet, on the disk of the browser: encrypted with the key of the workspace.
// They are kept in IndexedDB: what localStorage holds is written to the disk only seconds later, and is lost when the browser crashes.
import { theWorkspaceKey } from "./api";

/** Words of one cell that are not answered yet. */
export type Words = {
  document: string;
  place: string;
  lang: string;
  /** The text of the file that they were made from. */
  before: string | null;
  text: string;
  /** The text that is on its way to the server. */
  sent: string | null;
  /** The digest of the file. */
  hash: string;
};
type Stored = { id: string; tab: string; iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer };

const STORE = "words";
const LOCK = "ipdocs-tab-";
let opened: Promise<{ database: IDBDatabase; key: CryptoKey }> | null = null;

/** Hold the lock of this tab as long as it lives, so that no other tab takes its words. */
export function holdTab(tab: string): void {
  void navigator.locks.request(LOCK + tab, () => new Promise(() => undefined));
}

/** Keep the words of a cell in place of those that were kept before. */
export async function keep(tab: string, words: Words): Promise<void> {
  const { database, key } = await open();
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(words)));
  await inStore(database, (store) => store.put({ id: idOf(tab, words), tab, iv, data } satisfies Stored));
}

/** Forget the words of a cell. */
export async function forget(tab: string, words: Words): Promise<void> {
  const { database } = await open();
  await inStore(database, (store) => store.delete(idOf(tab, words)));
}

/** Take over the words of one document that this tab kept before, and those of tabs that live no longer. */
export async function takeOver(tab: string, document: string): Promise<Words[]> {
  const { database, key } = await open();
  const locks = (await navigator.locks.query()).held ?? [];
  const living = new Set(locks.map((lock) => lock.name?.slice(LOCK.length)));
  const found: Words[] = [];
  for (const stored of (await inStore(database, (store) => store.getAll())) as Stored[]) {
    if (stored.tab !== tab && living.has(stored.tab)) continue;
    const words = await decrypt(stored, key);
    if (words && words.document !== document) continue;
    if (words) found.push(words);
    if (words && stored.tab === tab) continue;
    if (words) await keep(tab, words);
    await inStore(database, (store) => store.delete(stored.id));
  }
  return found;
}

function idOf(tab: string, { document, place, lang }: Words): string {
  return [tab, document, place, lang].join("\n");
}

async function decrypt({ iv, data }: Stored, key: CryptoKey): Promise<Words | null> {
  try {
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data))) as Words;
  } catch {
    return null; // damaged by a crash: nobody can read it
  }
}

function open(): Promise<{ database: IDBDatabase; key: CryptoKey }> {
  opened ??= (async () => {
    const raw = Uint8Array.from(atob(theWorkspaceKey()), (letter) => letter.charCodeAt(0));
    const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", raw)).slice(0, 8);
    const name = `ipdocs-${Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return { database, key };
  })();
  return opened;
}

function inStore(database: IDBDatabase, act: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, "readwrite");
    const request = act(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}
