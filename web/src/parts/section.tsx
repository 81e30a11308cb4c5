/** A part of a view with its name and a sentence about it. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface Props {
  title: string;
  about: string;
  children: ComponentChildren;
}

export function Section({ title, about, children }: Props) {
  const heading = useId();
  return (
    <section class="section" aria-labelledby={heading}>
      <header>
        <h2 id={heading}>{title}</h2>
        <p class="quiet">{about}</p>
      </header>
      <div class="section-body">{children}</div>
    </section>
  );
}
