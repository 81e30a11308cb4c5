/** The chat: what was said, what stands in its way, and where one writes. */
import { Banner } from "./banner.tsx";
import { Composer } from "./composer.tsx";
import { Thread } from "./thread.tsx";

export function Chat() {
  return (
    <div class="chat">
      <Banner />
      <Thread />
      <Composer />
    </div>
  );
}
