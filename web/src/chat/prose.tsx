/**
 * A reply in Markdown. Blocks that are complete stay untouched in the page while the next ones come in. What
 * cannot be read as Markdown is shown as it is.
 */
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { blocks, safe } from "./markdown.ts";

/** What may be wider than the column, and is then reached by keyboard too. */
const SCROLLS = /^<(?:pre|table)/;

export function Prose({ text }: { text: string }) {
  const shown = useMemo(() => blocks(text), [text]);
  if (!shown) return <p class="as-it-is">{text}</p>;
  return (
    <div class="prose">
      {shown.map((html, place) => (
        <Block key={place} html={html} />
      ))}
    </div>
  );
}

function Block({ html }: { html: string }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => place.current?.replaceChildren(safe(html)), [html]);
  return SCROLLS.test(html) ? <div ref={place} class="scrolls" tabIndex={0} /> : <div ref={place} />;
}
