/** What a view asked the API for: on its way, refused, or there. */
import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { inWords } from "../api/problem.ts";

export type Loaded<Value> =
  | { readonly is: "loading" }
  | { readonly is: "failed"; readonly why: string }
  | { readonly is: "there"; readonly value: Value };

export interface Loading<Value> {
  now: ReadonlySignal<Loaded<Value>>;
  /** Asks again; what is there stays until the answer. */
  again: () => Promise<void>;
  put: (value: Value) => void;
}

export function useLoaded<Value>(load: () => Promise<Value>): Loading<Value> {
  const now = useSignal<Loaded<Value>>({ is: "loading" });
  const put = (value: Value) => (now.value = { is: "there", value });
  const again = async () => {
    try {
      put(await load());
    } catch (error) {
      if (now.value.is !== "there") now.value = { is: "failed", why: inWords(error) };
    }
  };
  useEffect(() => void again(), []);
  return { now, again, put };
}
