/** A person's calls: the list, one call, what shows across them, and the profiles they are analysed by. */
import type { ComponentChildren } from "preact";
import { later } from "../parts/later.tsx";
import { item } from "../parts/route.ts";
import { CallPage } from "./call/page.tsx";
import { CallList } from "./list.tsx";

const Trends = later(async () => (await import("./trends/trends.tsx")).Trends);
const Profiles = later(async () => (await import("./profiles/profiles.tsx")).Profiles);
const ProfilePage = later(async () => (await import("./profiles/profile.tsx")).ProfilePage);

const TABS = [
  ["", "Recordings"],
  ["trends", "Across calls"],
  ["profiles", "Profiles"],
] as const;

export function Calls() {
  const [first = "", second = ""] = item.value.split("/").map(decoded);
  if (first === "profiles" && second) return <ProfilePage key={second} id={second} />;
  if (first && !TABS.some(([name]) => name === first)) return <CallPage key={first} id={first} />;
  return (
    <Tabbed at={first}>
      {first === "" && <CallList />}
      {first === "trends" && <Trends />}
      {first === "profiles" && <Profiles />}
    </Tabbed>
  );
}

function Tabbed({ at, children }: { at: string; children: ComponentChildren }) {
  return (
    <div class="calls">
      <nav class="tabs" aria-label="Parts of Calls">
        {TABS.map(([name, title]) => (
          <a
            key={name}
            href={name ? `#calls/${name}` : "#calls"}
            aria-current={name === at ? "page" : undefined}
          >
            {title}
          </a>
        ))}
      </nav>
      {children}
    </div>
  );
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
