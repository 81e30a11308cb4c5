"""The carrier's network: keeps threads, reports deliveries, carries people's texts to SNS, has faults."""

import json

import anyio

from local.world.carrier.messages import Outgoing, Progress, delivery_event, inbound_message
from local.world.carrier.optouts import OptOuts
from local.world.carrier.parts import measure
from local.world.carrier.threads import Text, Threads
from local.world.errors import WorldError
from local.world.service import World

DELIVERY_SECONDS = 0.25


class Network:
    def __init__(self, world: World, *, service: str) -> None:
        self._world = world
        self._service = service
        self._held: list[tuple[str, str, str]] = []
        self.threads = Threads()
        self.opt_outs = OptOuts(world.ports.now)

    def carry(self, sent: Outgoing) -> None:
        self.threads.add(
            sent.number,
            Text(
                id=sent.id,
                direction="in",
                text=sent.body,
                parts=sent.size.parts,
                encoding=sent.size.encoding,
                price=str(sent.cost.total),
                state="queued",
                at=sent.at.isoformat(),
            ),
        )
        self._world.background.start(self._deliver(sent))

    async def text(self, number: str, body: str) -> str:
        """A person texts the assistant. Raises NotWired, Unreachable."""
        receiver = self._world.line.required().number
        message_id = self._world.ports.new_id()
        answered = self.threads.last_received(number)
        self.threads.add(number, self._typed(message_id, body))
        message = json.dumps(
            inbound_message(
                message_id=message_id, sender=number, receiver=receiver, body=body, answered=answered
            )
        )
        await self._send_or_hold(number, message_id, message)
        return message_id

    def _typed(self, message_id: str, body: str) -> Text:
        size = measure(body)
        now = self._world.ports.now().isoformat()
        return Text(message_id, "out", body, size.parts, size.encoding, None, "sending", now)

    async def _send_or_hold(self, number: str, message_id: str, message: str) -> None:
        swap = None if self._held else self._world.faults.strike(self._service, "reorder")
        if swap:
            self.threads.mark(number, message_id, "held")
            self._held.append((number, message_id, message))
            self._world.background.start(self._release_after(swap.value / 1000))
            return
        await self._publish(number, message_id, message)
        await self._release()

    async def _release_after(self, seconds: float) -> None:
        await anyio.sleep(seconds)
        await self._release()

    async def _release(self) -> None:
        while self._held:
            await self._publish(*self._held.pop(0))

    async def _publish(self, number: str, message_id: str, message: str) -> None:
        twice = self._world.faults.strike(self._service, "duplicate")
        try:
            for _ in range(twice.value if twice else 1):
                await self._world.line.inbound(message)
        except WorldError:
            self.threads.mark(number, message_id, "failed")
            raise
        self.threads.mark(number, message_id, "sent")

    async def _deliver(self, sent: Outgoing) -> None:
        await self._report(sent, progress="QUEUED")
        await anyio.sleep(DELIVERY_SECONDS)
        self.threads.mark(sent.number, sent.id, "delivered")
        await self._report(sent, progress="DELIVERED")

    async def _report(self, sent: Outgoing, *, progress: Progress) -> None:
        if self._world.faults.strike(self._service, "drop"):
            return
        event = delivery_event(sent, progress=progress, now=self._world.ports.now())
        await self._world.line.event(json.dumps(event))
