/** What is around every view: the name, the ways to the views, the line's state, light and dark, sign out. */
import type { ComponentChildren } from "preact";
import { LineStatus } from "./chat/line-status.tsx";
import { Drawing, Icon } from "./parts/icons.tsx";
import { scheme, toggle } from "./parts/scheme.ts";
import type { View } from "./parts/page-view.ts";
import { signOut } from "./services.ts";

interface Places {
  views: readonly View[];
  shown: View;
}

interface Props extends Places {
  children: ComponentChildren;
}

export function Shell({ views, shown, children }: Props) {
  return (
    <div class={shown.fills ? "shell shell-filled" : "shell"}>
      <a class="skip" href="#view" onClick={skip}>
        Skip to the content
      </a>
      <header class="side">
        <Brand />
        <LineStatus />
        <Ways views={views} shown={shown} />
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

function Ways({ views, shown }: Places) {
  return (
    <nav class="ways" aria-label="Views">
      {views.map(({ name, title, icon }) => (
        <a key={name} href={`#${name}`} aria-current={name === shown.name ? "page" : undefined}>
          <Drawing name={name} path={icon} />
          {title}
        </a>
      ))}
    </nav>
  );
}

function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("#view h1")?.focus();
}
