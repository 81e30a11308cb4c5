/** Whether somebody is signed in here, and why not. Other pages of this browser are heard about it. */
import { signal } from "@preact/signals";
import { SignedOut } from "./api/problem.ts";
import type { Client } from "./api/client.ts";

export type Standing = "starting" | "unreachable" | "in" | "out";

/** A hint that a cookie may be there, so that a newcomer's page asks for nothing in vain; no secret. */
const HINT = "signed-in";

export const standing = signal<Standing>("starting");
export const farewell = signal("");

export function enter(): void {
  localStorage.setItem(HINT, "yes");
  farewell.value = "";
  standing.value = "in";
}

export function leave(why: string): void {
  localStorage.removeItem(HINT);
  sessionStorage.clear();
  farewell.value = why;
  standing.value = "out";
}

/** Signed out by somebody else: what was being written is kept for their return. */
export function interrupted(): void {
  localStorage.removeItem(HINT);
  farewell.value = "You were signed out. Sign in to go on; what you were writing is kept.";
  standing.value = "out";
}

export async function begin(client: Client): Promise<void> {
  if (!localStorage.getItem(HINT)) {
    standing.value = "out";
    return;
  }
  standing.value = "starting";
  try {
    await client.renew();
    enter();
  } catch (error) {
    if (error instanceof SignedOut) interrupted();
    else standing.value = "unreachable";
  }
}

export function watchOtherPages(client: Client): void {
  addEventListener("storage", (event) => {
    if (event.key !== HINT || event.newValue) return;
    client.forget();
    if (standing.value === "in") interrupted();
  });
}
