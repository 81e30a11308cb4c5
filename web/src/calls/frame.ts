/** What the line says of a call: it came to stand elsewhere. */
import { text, type Fields } from "../chat/frames.ts";

export const CALL = "call";

export interface CallFrame {
  id: string;
  status: string;
  at: string;
  reason: { code: string; text: string } | null;
}

/** Null for what tells of no call; the fields are never trusted. */
export function callFrame(fields: Fields): CallFrame | null {
  const [id, status] = [text(fields, "id"), text(fields, "status")];
  if (!id || !status) return null;
  return { id, status, at: text(fields, "at"), reason: reasonIn(fields.reason) };
}

function reasonIn(value: unknown): CallFrame["reason"] {
  if (typeof value !== "object" || value === null) return null;
  return { code: text(value as Fields, "code"), text: text(value as Fields, "text") };
}
