/** The person's own side: who they are here, how they are reached, what they spend, and their data. */
import { Channels } from "./channels.tsx";
import { Data } from "./data.tsx";
import { Profile } from "./profile.tsx";
import { Spending } from "./spending.tsx";

export function You() {
  return (
    <div class="sections">
      <Profile />
      <Channels />
      <Spending />
      <Data />
    </div>
  );
}
