/** Watches something that takes a while until it has ended. */
import { useEffect } from "preact/hooks";
import type { JobState } from "../api/shapes.ts";
import { ApiError, Problem, SignedOut } from "../api/problem.ts";

const LOOK_MS = 1_500;

interface Job {
  id: string;
  state: JobState;
}

export function isEnded({ state }: Job): boolean {
  return state === "done" || state === "failed";
}

/** A look that is not answered is taken again; one that is refused ends it with `onLost`. */
export function useWatch<Watched extends Job>(
  job: Watched | null,
  {
    look,
    put,
    onLost,
  }: {
    look: (id: string) => Promise<Watched>;
    put: (job: Watched) => void;
    onLost: (error: ApiError) => void;
  },
): void {
  const open = job !== null && !isEnded(job);
  useEffect(() => {
    if (!open) return undefined;
    const watch = async () => {
      try {
        put(await look(job.id));
      } catch (error) {
        if (error instanceof SignedOut || (error instanceof Problem && error.status < 429)) onLost(error);
      }
    };
    const timer = setInterval(() => void watch(), LOOK_MS);
    return () => clearInterval(timer);
  }, [open, job?.id]);
}
