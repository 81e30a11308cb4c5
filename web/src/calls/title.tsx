/** The heading of a page below a view: it takes the focus when one comes to it. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Drawing } from "../parts/icons.tsx";
import { BACK } from "./icons.ts";

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
        <Drawing name="back" path={BACK} /> {back}
      </a>
      <h2 ref={heading} tabIndex={-1} class="call-title">
        {children}
      </h2>
    </>
  );
}
