/** What is around every view: the name, the ways to the views, the line's state, light and dark, sign out. */
import type { ComponentChildren } from "preact";
import { LineStatus } from "./chat/line-status.tsx";
import { Icon } from "./parts/icons.tsx";
import { VIEWS, type View } from "./parts/route.ts";
import { scheme, toggle } from "./parts/scheme.ts";
import { me, signOut } from "./services.ts";

const EVERYBODYS: View[] = ["chat", "tasks", "calls", "you"];

interface Props {
  shown: View;
  children: ComponentChildren;
}

export function Shell({ shown, children }: Props) {
  return (
    <div class={`shell shell-${shown}`}>
      <a class="skip" href="#view" onClick={skip}>
        Skip to the content
      </a>
      <header class="side">
        <Brand />
        <LineStatus />
        <Ways shown={shown} />
        <div class="side-foot">
          <SchemeButton />
          <button type="button" class="tool" onClick={() => void signOut()}>
            <Icon name="out" />
            <span class="tool-name">Sign out</span>
          </button>
        </div>
      </header>
      <main class="view" id="view">
        {children}
      </main>
    </div>
  );
}

export function Brand() {
  return (
    <p class="brand">
      <img src="/icon.svg" alt="" width="28" height="28" /> Switchboard
    </p>
  );
}

export function SchemeButton() {
  const other = scheme.value === "dark" ? "light" : "dark";
  return (
    <button type="button" class="tool" aria-label={`Use the ${other} scheme`} onClick={toggle}>
      <Icon name={other} />
      <span class="tool-name">{other === "dark" ? "Dark" : "Light"}</span>
    </button>
  );
}

function Ways({ shown }: { shown: View }) {
  const views: View[] = me.value?.operator ? [...EVERYBODYS, "operator"] : EVERYBODYS;
  return (
    <nav class="ways" aria-label="Views">
      {views.map((view) => (
        <a key={view} href={`#${view}`} aria-current={view === shown ? "page" : undefined}>
          <Icon name={view} />
          {VIEWS[view]}
        </a>
      ))}
    </nav>
  );
}

function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("#view h1")?.focus();
}
