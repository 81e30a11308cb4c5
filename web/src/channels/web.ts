import type { ChannelNames } from "../parts/channel.ts";

export const web: ChannelNames = { name: "web", title: "This page", via: "on the web" };
