/** The profiles that one can choose from; read once, and again when they changed. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ApiError } from "../../api/problem.ts";
import { standing } from "../../session.ts";
import { callRoutes } from "../services.ts";
import type { Shelved } from "../shapes.ts";

export const profiles = signal<readonly Shelved[]>([]);

export async function readProfiles(): Promise<readonly Shelved[]> {
  return (profiles.value = (await callRoutes.profiles()).items);
}

/** None while they are on their way, and where they cannot be had: there is always the one that fits. */
export function useProfiles(): readonly Shelved[] {
  useEffect(() => {
    if (profiles.peek().length) return;
    readProfiles().catch((error: unknown) => {
      if (!(error instanceof ApiError)) throw error;
    });
  }, []);
  return profiles.value;
}

standing.subscribe((now) => {
  if (now === "out") profiles.value = [];
});
