/** Signing in with a name and a password; nothing of them stays on the page. */
import { useEffect, useRef } from "preact/hooks";
import { announce } from "./parts/announce.tsx";
import { useDoing } from "./parts/doing.ts";
import { Trouble } from "./parts/trouble.tsx";
import { client } from "./services.ts";
import { enter, farewell } from "./session.ts";
import { Brand, SchemeButton } from "./shell.tsx";

export function SignIn() {
  const { busy, trouble, start } = useDoing();
  const name = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = "Sign in · Switchboard";
    name.current?.focus();
  }, []);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    void start(() => signIn(field(form, "username"), field(form, "password")));
  };
  return (
    <main class="alone">
      <Brand />
      <h1>Sign in</h1>
      {farewell.value && (
        <p class="farewell" role="status">
          {farewell.value}
        </p>
      )}
      <form class="stack" onSubmit={submit}>
        <label for="username">Username</label>
        <input
          ref={name}
          id="username"
          name="username"
          autocomplete="username"
          autocapitalize="none"
          required
          maxLength={128}
        />
        <label for="password">Password</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          maxLength={256}
        />
        <Trouble words={trouble.value} />
        <button type="submit" class="primary" aria-busy={busy.value}>
          {busy.value ? "Signing in…" : "Sign in"}
        </button>
      </form>
      <SchemeButton />
    </main>
  );
}

async function signIn(username: string, password: string): Promise<void> {
  await client.signIn({ username, password });
  enter();
  announce("Signed in");
}

function field(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
