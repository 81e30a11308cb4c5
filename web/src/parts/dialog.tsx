/** A modal dialog of the browser's own: it keeps the focus and gives it back. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

interface Props {
  title: string;
  children: ComponentChildren;
  onClose: () => void;
  /** While true, Escape does not close it. */
  held?: boolean;
}

export function Dialog({ title, children, onClose, held = false }: Props) {
  const box = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const back = document.activeElement;
    box.current?.showModal();
    return () => {
      if (back instanceof HTMLElement) back.focus();
    };
  }, []);
  const onCancel = (event: Event) => {
    event.preventDefault();
    if (!held) onClose();
  };
  return (
    <dialog ref={box} class="dialog" aria-labelledby={heading} onCancel={onCancel}>
      <h2 id={heading}>{title}</h2>
      {children}
    </dialog>
  );
}
