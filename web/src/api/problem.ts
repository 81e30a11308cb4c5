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

/** The API answered with a problem document; the message is its detail, for people. */
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

async function detailOf(response: Response): Promise<string> {
  const unexplained = `Switchboard answered ${response.status}. Please try again.`;
  try {
    const body: unknown = await response.json();
    return isExplained(body) ? body.detail : unexplained;
  } catch {
    return unexplained;
  }
}

function isExplained(body: unknown): body is { detail: string } {
  return typeof body === "object" && body !== null && "detail" in body && typeof body.detail === "string";
}
