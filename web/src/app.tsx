/** The page as a whole: signing in, or the views behind it. */
import { useEffect, useRef } from "preact/hooks";
import { Announcements } from "./parts/announce.tsx";
import { view } from "./parts/route.ts";
import { client, me } from "./services.ts";
import { begin, standing } from "./session.ts";
import { Shell } from "./shell.tsx";
import { SignIn } from "./sign-in.tsx";
import { VIEWS } from "./views.ts";

export function App() {
  return (
    <>
      <Standing />
      <Announcements />
    </>
  );
}

function Standing() {
  switch (standing.value) {
    case "starting":
      return <main class="alone" aria-busy="true" aria-label="Starting" />;
    case "unreachable":
      return <UnreachablePage />;
    case "out":
      return <SignIn />;
    case "in":
      return <Views />;
  }
}

function UnreachablePage() {
  const again = () => void begin(client);
  useEffect(() => {
    addEventListener("online", again);
    return () => removeEventListener("online", again);
  }, []);
  return (
    <main class="alone">
      <h1>Switchboard cannot be reached</h1>
      <p class="quiet">You are still signed in. Check the connection of this device.</p>
      <button type="button" class="primary" onClick={again}>
        Try again
      </button>
    </main>
  );
}

function Views() {
  const views = VIEWS.filter(({ operators }) => !operators || me.value?.operator);
  const shown = views.find(({ name }) => name === view.value) ?? VIEWS[0];
  const heading = useRef<HTMLHeadingElement>(null);
  const arrived = useRef(false);
  useEffect(() => {
    document.title = `${shown.title} · Switchboard`;
    if (arrived.current) heading.current?.focus();
    arrived.current = true;
  }, [shown]);
  return (
    <Shell views={views} shown={shown}>
      <h1 ref={heading} tabIndex={-1} class={shown.fills ? "unseen" : "view-title"}>
        {shown.title}
      </h1>
      <shown.Content />
    </Shell>
  );
}
