/** Light or dark: what the system says, unless the person chose the other. */
import { computed, signal } from "@preact/signals";

export type Scheme = "light" | "dark";

const KEY = "scheme";
const system = matchMedia("(prefers-color-scheme: dark)");
const systemScheme = signal(ofSystem());
const chosen = signal(localStorage.getItem(KEY) as Scheme | null);

export const scheme = computed(() => chosen.value ?? systemScheme.value);

export function watchSystem(): void {
  system.addEventListener("change", () => (systemScheme.value = ofSystem()));
}

/** What the system says as well is not kept, so that the page follows it again. */
export function toggle(): void {
  const wanted = scheme.value === "dark" ? "light" : "dark";
  chosen.value = wanted === systemScheme.value ? null : wanted;
  if (chosen.value) localStorage.setItem(KEY, chosen.value);
  else localStorage.removeItem(KEY);
  document.documentElement.dataset.scheme = chosen.value ?? "";
}

function ofSystem(): Scheme {
  return system.matches ? "dark" : "light";
}
