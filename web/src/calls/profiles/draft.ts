/** A profile as JSON that one writes: read, and told where it is wrong before the server is asked. */
import type { Profile } from "../shapes.ts";

export type Draft =
  | { readonly ok: true; readonly body: Record<string, unknown> }
  | { readonly ok: false; readonly problem: string };

/** What a new profile begins with: small, and valid as it is. */
export const TEMPLATE = {
  id: "my-profile",
  name: "My profile",
  model: "small",
  temperature: "",
  mode: "comprehensive",
  system: "You read calls for somebody who took part. Be concrete, fair and brief.",
  prompts: [
    { name: "summary", text: "What the call was about and what came of it, in two to five sentences." },
    { name: "requests", text: "What the client asked for, each with the words in which they did." },
  ],
  schema: {
    type: "object",
    properties: {
      summary: { type: "string" },
      requests: {
        type: "array",
        items: {
          type: "object",
          properties: {
            request: { type: "string" },
            quote: { type: "string", description: "Words from one line, copied exactly" },
            line: { type: "integer", description: "The number of the line that shows it" },
          },
          required: ["request", "quote", "line"],
          additionalProperties: false,
        },
      },
    },
    required: ["summary", "requests"],
    additionalProperties: false,
  },
  redact: [],
  rules: [],
};

/** A version's number is given by the server, so it is not written. */
export function written(profile: Readonly<Record<string, unknown>>): string {
  const body = Object.fromEntries(Object.entries(profile).filter(([name]) => name !== "version"));
  return JSON.stringify(body, null, 2);
}

/** A copy of somebody's profile under an id that is free to use. */
export function copied(profile: Profile): string {
  return written({
    ...profile,
    id: `my-${profile.id}`.slice(0, 40),
    name: `My ${profile.name}`.slice(0, 80),
  });
}

export function read(text: string): Draft {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body))
      return { ok: true, body: { ...body } };
    return { ok: false, problem: "A profile is an object: it begins with { and ends with }." };
  } catch (error) {
    return { ok: false, problem: `This is not JSON${whereIn(error, text)}.` };
  }
}

/** Browsers tell the place as a position or as a line, or not at all. */
function whereIn(error: unknown, text: string): string {
  const words = error instanceof Error ? error.message : "";
  const line = /line (\d+)/.exec(words)?.[1];
  if (line) return `: look at line ${line}`;
  const position = /position (\d+)/.exec(words)?.[1];
  if (position) return `: look at line ${text.slice(0, Number(position)).split("\n").length}`;
  return words.includes("end of") ? ": it ends too early" : "";
}
