/** Bytes on their way to the store, counted as they go. */
import { ApiError, Unreachable } from "../../api/problem.ts";

/** The store did not take it: its link ran out, or it is not what was announced. */
export class StoreRefused extends ApiError {
  constructor() {
    super("The store did not take the recording. Please try again.");
  }
}

export interface Sending {
  method: "POST" | "PUT";
  url: string;
  body: Blob | FormData;
  /** How many bytes have left. */
  heard: (sent: number) => void;
  signal: AbortSignal;
}

/** Errors: Unreachable, StoreRefused; what was aborted rejects with the signal's reason. */
export function send({ method, url, body, heard, signal }: Sending): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open(method, url);
    request.upload.addEventListener("progress", ({ loaded }) => heard(loaded));
    request.addEventListener("load", () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(request.status >= 500 ? new Unreachable() : new StoreRefused());
    });
    request.addEventListener("error", () => reject(new Unreachable()));
    request.addEventListener("abort", () => reject(signal.reason as Error));
    request.addEventListener("loadend", () => signal.removeEventListener("abort", abort));
    signal.addEventListener("abort", abort);
    request.send(body);
  });
}

/** The fields that the store signed come before the file. */
export function formOf(fields: Readonly<Record<string, string>>, file: Blob): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file);
  return form;
}
