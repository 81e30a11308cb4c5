/** Requests with the access token, which lives in this object alone and is renewed by an HttpOnly cookie. */
import { Problem, problemOf, SignedOut, Unreachable } from "./problem.ts";

export interface Ports {
  fetch: (path: string, init: RequestInit) => Promise<Response>;
  now: () => number;
  /** The session has ended, and this page did not end it; the token may still be good for `askOnce`. */
  onSignedOut: () => void;
}

export interface Ask {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  body?: unknown;
  headers?: Record<string, string>;
}

interface Issued {
  token: string;
  expires_in: number;
}

interface Access {
  bearer: string;
  until: number;
}

const EARLY_MS = 30_000;

export class Client {
  readonly #ports: Ports;
  #access: Access | null = null;
  #renewing: Promise<void> | null = null;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  async signIn(credentials: { username: string; password: string }): Promise<void> {
    await this.#take("/login", credentials);
  }

  /** Renews the session from the cookie. Errors: SignedOut when there is none. */
  renew(): Promise<void> {
    this.#renewing ??= this.#take("/login/refresh")
      .catch((error: unknown) => {
        throw isRefused(error) ? new SignedOut() : error;
      })
      .finally(() => (this.#renewing = null));
    return this.#renewing;
  }

  async signOut(): Promise<void> {
    this.forget();
    await this.#send("/logout", { method: "POST" });
  }

  /** Forgets the token without telling anybody. */
  forget(): void {
    this.#access = null;
  }

  /** With a token that is renewed when it has to be, at most once. */
  async ask(path: string, ask: Ask = {}): Promise<unknown> {
    if (this.#access && this.#access.until <= this.#ports.now()) await this.#renewOrEnd();
    try {
      return await this.askOnce(path, ask);
    } catch (error) {
      if (!isRefused(error)) throw error;
    }
    await this.#renewOrEnd();
    return this.askOnce(path, ask);
  }

  /** With the token as it is: for what outlives its session. */
  async askOnce(path: string, ask: Ask = {}): Promise<unknown> {
    if (!this.#access) throw new SignedOut();
    const authorization = `Bearer ${this.#access.bearer}`;
    return this.#send(path, { ...ask, headers: { ...ask.headers, authorization } });
  }

  async #send(path: string, { method = "GET", body, headers }: Ask): Promise<unknown> {
    const init: RequestInit = { method, headers: { ...json(body), ...headers }, credentials: "same-origin" };
    if (body !== undefined) init.body = JSON.stringify(body);
    const response = await this.#ports.fetch(`/api${path}`, init).catch(() => {
      throw new Unreachable();
    });
    if (!response.ok) throw await problemOf(response);
    return response.status === 204 ? null : ((await response.json()) as unknown);
  }

  async #take(path: string, body?: unknown): Promise<void> {
    const issued = (await this.#send(path, { method: "POST", body })) as Issued;
    const until = this.#ports.now() + issued.expires_in * 1000 - EARLY_MS;
    this.#access = { bearer: issued.token, until };
  }

  async #renewOrEnd(): Promise<void> {
    try {
      await this.renew();
    } catch (error) {
      if (error instanceof SignedOut) this.#ports.onSignedOut();
      throw error;
    }
  }
}

function json(body: unknown): Record<string, string> {
  return body === undefined ? {} : { "content-type": "application/json" };
}

function isRefused(error: unknown): boolean {
  return error instanceof Problem && error.status === 401;
}
