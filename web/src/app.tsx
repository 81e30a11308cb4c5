/** The page as a whole: signing in, or the views behind it. */
import { useEffect, useRef } from "preact/hooks";
import { Chat } from "./chat/chat.tsx";
import { Announcements } from "./parts/announce.tsx";
import { later } from "./parts/later.tsx";
import { view, VIEWS } from "./parts/route.ts";
import { client, me } from "./services.ts";
import { begin, standing } from "./session.ts";
import { Shell } from "./shell.tsx";
import { SignIn } from "./sign-in.tsx";

const Tasks = later(async () => (await import("./tasks/tasks.tsx")).Tasks);
const Calls = later(async () => (await import("./calls/calls.tsx")).Calls);
const You = later(async () => (await import("./you/you.tsx")).You);
const Operator = later(async () => (await import("./operator/operator.tsx")).Operator);

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
  const shown = view.value === "operator" && !me.value?.operator ? "chat" : view.value;
  const heading = useRef<HTMLHeadingElement>(null);
  const arrived = useRef(false);
  useEffect(() => {
    document.title = `${VIEWS[shown]} · Switchboard`;
    if (arrived.current) heading.current?.focus();
    arrived.current = true;
  }, [shown]);
  return (
    <Shell shown={shown}>
      <h1 ref={heading} tabIndex={-1} class={shown === "chat" ? "unseen" : "view-title"}>
        {VIEWS[shown]}
      </h1>
      {shown === "chat" && <Chat />}
      {shown === "tasks" && <Tasks />}
      {shown === "calls" && <Calls />}
      {shown === "you" && <You />}
      {shown === "operator" && <Operator />}
    </Shell>
  );
}
