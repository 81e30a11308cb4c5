/** What can go wrong between the page and the API, as one tree of errors. */

export class ApiError extends Error {}

/** Nobody answered. */
export class Unreachable extends ApiError {
  constructor() {
    super("Switchboard cannot be reached right now.");
  }
}

/** The session is over: only signing in again helps. */
export class SignedOut extends ApiError {
  constructor() {
    super("You are signed out.");
  }
}

/**
 * A request was refused. The API says why in a problem document, whose `detail` is for people; the gateway in
 * front of it, which also answers by itself, has only a `message` for programs, so the page says it in its words.
 */
export class Problem extends ApiError {
  readonly status: number;
  readonly retryAfter: number | null;

  constructor(status: number, detail: string, retryAfter: number | null) {
    super(detail);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

export async function problemOf(response: Response): Promise<Problem> {
  const seconds = Number(response.headers.get("retry-after") ?? "none");
  const detail = await detailOf(response);
  return new Problem(response.status, detail, Number.isFinite(seconds) ? seconds : null);
}

/** A sentence for whatever was thrown. */
export function inWords(error: unknown): string {
  if (error instanceof Problem && error.status === 429) return tooOften(error);
  if (error instanceof ApiError) return error.message;
  return "Something went wrong on this page. Please try again.";
}

function tooOften({ retryAfter }: Problem): string {
  if (retryAfter === null) return "That was too often. Please wait a little and try again.";
  const wait = retryAfter < 90 ? `${retryAfter} seconds` : `${Math.ceil(retryAfter / 60)} minutes`;
  return `That was too often. Please try again in ${wait}.`;
}

const BUSY = "Switchboard is too busy or not well right now. Please try again in a moment.";

const OF_THE_GATEWAY: Readonly<Record<number, string>> = {
  403: "Switchboard does not let you do that.",
  404: "Switchboard does not know how to do that. Please reload the page.",
  413: "That is more than Switchboard takes at once.",
  500: BUSY,
  503: BUSY,
};

async function detailOf(response: Response): Promise<string> {
  const unexplained = `Switchboard answered ${response.status}. Please try again.`;
  try {
    const body: unknown = await response.json();
    if (has(body, "detail")) return body.detail;
    return has(body, "message") ? (OF_THE_GATEWAY[response.status] ?? unexplained) : unexplained;
  } catch {
    return unexplained;
  }
}

function has<Name extends string>(body: unknown, name: Name): body is Record<Name, string> {
  return (
    typeof body === "object" && body !== null && typeof (body as Record<string, unknown>)[name] === "string"
  );
}
