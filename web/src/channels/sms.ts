import type { ChannelNames } from "../parts/channel.ts";

export const sms: ChannelNames = { name: "sms", title: "Text messages", via: "by text message" };
