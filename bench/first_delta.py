"""How much later than the model's own first token the first words reach a page, warm."""

import io
import json
import statistics
import time
import uuid
from collections.abc import Iterator

from openai import OpenAI
from websockets.sync.client import ClientConnection

from local.chat_line import Demo, open_socket, read_endpoints, send
from local.steps import Steps
from local.trial import trial

ROUNDS = 15
WARM_UP = 3
BUDGET_MS = 150
PROMPT = "Count to 20"


def rows() -> Iterator[str]:
    with trial(Steps(io.StringIO())) as (endpoints, places):
        line = read_endpoints(places.endpoints)
        model = OpenAI(base_url=f"{endpoints.world}/v1", api_key="none")
        with open_socket(line, Demo(username=line.demo.username, password=line.demo.password)) as socket:
            pairs = [(_by_page(socket), _by_model(model)) for _ in range(WARM_UP + ROUNDS)][WARM_UP:]
    page, own = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
    mark = "✓" if page - own <= BUDGET_MS else "✗"
    yield (
        f"first delta on a page, warm, median of {ROUNDS} (budget: the model's + {BUDGET_MS} ms): {mark} "
        f"{page:.0f} ms, the model's own {own:.0f} ms, overhead {page - own:.0f} ms, ratio {page / own:.1f}"
    )


def _by_page(socket: ClientConnection) -> float:
    """Seconds from the prompt to its first words; then waits for the end of the reply."""
    msgid = str(uuid.uuid4())
    started = time.perf_counter()
    send(socket, "sendprompt", msgid=msgid, text=PROMPT)
    first = 0.0
    while (frame := json.loads(socket.recv(timeout=30)))["type"] != "done":
        if frame["type"] == "delta" and not first:
            first = time.perf_counter() - started
    return first


def _by_model(model: OpenAI) -> float:
    started = time.perf_counter()
    stream = model.chat.completions.create(
        model="small", messages=[{"role": "user", "content": PROMPT}], stream=True
    )
    with stream:
        for chunk in stream:
            if chunk.choices and chunk.choices[0].delta.content:
                return time.perf_counter() - started
    raise AssertionError("the model said nothing")
