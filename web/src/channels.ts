/** The channels that the page has words for; of another it shows the name. */
import { sms } from "./channels/sms.ts";
import { web } from "./channels/web.ts";
import type { ChannelNames } from "./parts/channel.ts";

const CHANNELS: readonly ChannelNames[] = [sms, web];

/** The channel of this page. */
export const OURS = web;

export function channelNames(name: string): ChannelNames {
  return CHANNELS.find((channel) => channel.name === name) ?? { name, title: name, via: name };
}
