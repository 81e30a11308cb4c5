/** The channels that reach this person: linked by a code, unlinked after a question. */
import { useSignal } from "@preact/signals";
import type { Channel } from "../api/shapes.ts";
import { channelNames } from "../channels.ts";
import { announce } from "../parts/announce.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { useDoing } from "../parts/doing.ts";
import { Section } from "../parts/section.tsx";
import { dayOfTime } from "../parts/times.ts";
import { Trouble } from "../parts/trouble.tsx";
import { me, readMe, routes } from "../services.ts";
import { Linking } from "./linking.tsx";
import { Waiting } from "./waiting.tsx";

export function Channels() {
  const leaving = useSignal<Channel | null>(null);
  return (
    <Section title="Channels" about="Wherever you write, it is one conversation: linked channels share it.">
      <ul class="rows">
        {me.value?.channels.map((channel) => (
          <li key={channel.id} class="row">
            <ChannelRow channel={channel} />
            {!channel.this && (
              <button
                type="button"
                class="plain"
                aria-label={`Unlink ${called(channel)}`}
                onClick={() => (leaving.value = channel)}
              >
                Unlink
              </button>
            )}
          </li>
        ))}
      </ul>
      <Waiting />
      <Linking />
      {leaving.value && <Unlinking channel={leaving.value} onClose={() => (leaving.value = null)} />}
    </Section>
  );
}

function ChannelRow({ channel }: { channel: Channel }) {
  return (
    <div>
      <b>{channelNames(channel.channel).title}</b> {channel.this && <span class="tag">signed in here</span>}
      <p class="quiet">
        {channel.address && <span class="number">{channel.address} · </span>}
        linked {dayOfTime(channel.linked_at)}
      </p>
    </div>
  );
}

function Unlinking({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { busy, trouble, start } = useDoing();
  const unlink = () =>
    start(async () => {
      await routes.unlink(channel.id);
      await readMe();
      announce(`${called(channel)} is unlinked`);
      onClose();
    });
  return (
    <Dialog title={`Unlink ${called(channel)}?`} onClose={onClose} held={busy.value}>
      <p>What came with it goes with it again. What was said since it was linked stays here.</p>
      <Trouble words={trouble.value} />
      <div class="buttons">
        <button type="button" class="plain" onClick={onClose}>
          Keep it
        </button>
        <button type="button" class="danger" aria-busy={busy.value} onClick={() => void unlink()}>
          Unlink
        </button>
      </div>
    </Dialog>
  );
}

function called({ channel, address }: Channel): string {
  return address || channelNames(channel).title;
}
