/** The frames of the WebSocket, as they come in (never trusted) and as they go out. */

export const TEXT_CHARS = 4_000;
export const FRAME_BYTES = 16_000;

export type Fields = Readonly<Record<string, unknown>>;

/** Of a type that the conversation does not know: whoever listens for that type reads the fields. */
export interface OtherFrame {
  type: "other";
  of: string;
  fields: Fields;
}

export type ServerFrame =
  | { type: "accepted"; msgid: string; turn: string }
  | { type: "delta"; msgid: string; seq: number; text: string }
  | { type: "tool"; msgid: string; seq: number; name: string }
  | { type: "done"; msgid: string; seq: number; text: string; cost: string }
  | { type: "error"; msgid: string | null; code: string; message: string }
  | { type: "restarted"; msgid: string }
  | { type: "notice"; turn: string; text: string }
  | { type: "pong" };

export type ClientFrame =
  | { action: "sendprompt"; payload: { msgid: string; text: string } }
  | { action: "resume"; payload: { msgid: string; after: number } }
  | { action: "stop"; payload: { msgid: string } }
  | { action: "ping" };

export function prompt(msgid: string, text: string): ClientFrame {
  return { action: "sendprompt", payload: { msgid, text } };
}

export function resume(msgid: string, after: number): ClientFrame {
  return { action: "resume", payload: { msgid, after } };
}

export function stop(msgid: string): ClientFrame {
  return { action: "stop", payload: { msgid } };
}

/** By how much a text is too long to be sent: in characters, or else in bytes of its frame. */
export function excess(text: string): { over: number; unit: "characters" | "bytes" } | null {
  const over = characters(text) - TEXT_CHARS;
  if (over > 0) return { over, unit: "characters" };
  const frame = JSON.stringify(prompt("x".repeat(36), text));
  const bytes = new TextEncoder().encode(frame).length - FRAME_BYTES;
  return bytes > 0 ? { over: bytes, unit: "bytes" } : null;
}

/** As the server counts them: code points. */
export function characters(text: string): number {
  return Array.from(text).length;
}

/** Null for what is no frame that this page knows. */
export function parse(data: unknown): ServerFrame | OtherFrame | null {
  const fields = objectIn(data);
  switch (fields?.type) {
    case "accepted":
      return { type: "accepted", msgid: text(fields, "msgid"), turn: text(fields, "turn") };
    case "delta":
      return { type: "delta", ...place(fields), text: text(fields, "text") };
    case "tool":
      return { type: "tool", ...place(fields), name: text(fields, "name") };
    case "done":
      return { type: "done", ...place(fields), text: text(fields, "text"), cost: text(fields, "cost") };
    case "error":
      return { type: "error", msgid: text(fields, "msgid") || null, ...explained(fields) };
    default:
      return fields && parseUnasked(fields);
  }
}

/** What is no part of the answer to a prompt. */
function parseUnasked(fields: Fields): ServerFrame | OtherFrame | null {
  switch (fields.type) {
    case "notice":
      return notice(fields);
    case "pong":
      return { type: "pong" };
    default:
      return typeof fields.type === "string" ? { type: "other", of: fields.type, fields } : null;
  }
}

function notice(fields: Fields): ServerFrame | null {
  if (fields.code === "restarted") return { type: "restarted", msgid: text(fields, "msgid") };
  const said = text(fields, "text");
  return said ? { type: "notice", turn: text(fields, "turn"), text: said } : null;
}

function place(fields: Fields): { msgid: string; seq: number } {
  const seq = fields.seq;
  return { msgid: text(fields, "msgid"), seq: typeof seq === "number" ? seq : 0 };
}

function explained(fields: Fields): { code: string; message: string } {
  return {
    code: text(fields, "code"),
    message: text(fields, "message") || "Something went wrong. Please send it again.",
  };
}

/** "" for what is no text. */
export function text(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value : "";
}

function objectIn(data: unknown): Fields | null {
  if (typeof data !== "string") return null;
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === "object" && value !== null ? (value as Fields) : null;
  } catch {
    return null;
  }
}
