/** The browser's WebSocket as the line wants it. */
import type { Hearing, Socket } from "./line.ts";

export function openSocket(url: string, { opened, heard, lost }: Hearing): Socket {
  const socket = new WebSocket(url);
  socket.addEventListener("open", opened);
  socket.addEventListener("message", ({ data }) => heard(data));
  socket.addEventListener("close", lost);
  return { send: (data) => socket.send(data), close: () => socket.close() };
}
