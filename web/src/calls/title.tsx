/** The heading of a page below a view: it takes the focus when one comes to it. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../parts/icons.tsx";

interface Props {
  back: string;
  to: string;
  children: ComponentChildren;
}

export function Title({ back, to, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <a class="back" href={to}>
        <Icon name="back" /> {back}
      </a>
      <h2 ref={heading} tabIndex={-1} class="call-title">
        {children}
      </h2>
    </>
  );
}
