// Where the pages begin: let in, then draw the page of the address.
import { call, enter } from "./api";
import { onEvent, startEvents } from "./events";
import { startKeys } from "./keys";
import { startFileDrop } from "./put-picture";
import { showClosed, showPage } from "./shell";
import { takeEvent } from "./store";
import type { DeskInfo } from "./types";
import { setLanguage } from "./words";

async function start(): Promise<void> {
  startKeys();
  startFileDrop();
  if (!(await enter())) {
    showClosed();
    return;
  }
  const info = await call<DeskInfo>("GET", `/desk?languages=${navigator.languages.join()}`);
  setLanguage(info);
  startEvents(info.event);
  onEvent((event) => void takeEvent(event));
  await showPage(info);
}

void start();
