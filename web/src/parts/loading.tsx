/** The states before something is there, shown alike everywhere. */
import type { ComponentChildren } from "preact";
import type { Loading } from "./loaded.ts";

export function Awaited<Value>({
  of,
  children,
}: {
  of: Loading<Value>;
  children: (value: Value) => ComponentChildren;
}) {
  const now = of.now.value;
  if (now.is === "there") return <>{children(now.value)}</>;
  if (now.is === "loading") return <p class="quiet">Loading…</p>;
  return (
    <p class="trouble" role="alert">
      {now.why}{" "}
      <button type="button" class="link" onClick={() => void of.again()}>
        Try again
      </button>
    </p>
  );
}
