// What the page asks of the world. Every failure becomes one sentence for the person.

export const LONGEST = 1600;

export class Failure extends Error {}

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { signal: AbortSignal.timeout(15000), ...options });
  } catch {
    throw new Failure("The world does not answer. Is it still running?");
  }
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Failure(body?.detail ?? `The world answered ${response.status}.`);
  return body;
}

const thread = (number) => `/phones/${encodeURIComponent(number)}/texts`;

export const wiring = () => ask("/wiring");
export const phones = () => ask("/phones");
export const texts = (number) => ask(thread(number));

export function send(number, text) {
  const headers = { "content-type": "application/json" };
  return ask(thread(number), { method: "POST", headers, body: JSON.stringify({ text }) });
}
