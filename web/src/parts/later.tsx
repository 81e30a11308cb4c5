/** A part of the page whose code is fetched when it is first shown. */
import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";

type Part<Props> = ComponentType<Props>;

export function later<Props extends object>(load: () => Promise<Part<Props>>) {
  return function Later(props: Props) {
    const part = useSignal<{ shown: Part<Props> } | "failed" | null>(null);
    useEffect(() => {
      load().then(
        (shown) => (part.value = { shown }),
        () => (part.value = "failed"),
      );
    }, []);
    if (part.value === "failed") return <Missing />;
    if (!part.value) return <p class="quiet">Loading…</p>;
    const Shown = part.value.shown;
    return <Shown {...props} />;
  };
}

function Missing() {
  return (
    <p class="trouble" role="alert">
      This part could not be loaded.{" "}
      <button type="button" class="link" onClick={() => location.reload()}>
        Load the page again
      </button>
    </p>
  );
}
