"""Tasks as a page adds, taps and changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.api.site import Caller

DUNE = "read 20 pages of Dune every day"
TAXES = "finish the tax return by April 12, about six sessions"


def added(caller: Caller, sentence: str = DUNE) -> dict[str, Any]:
    answer = caller.http.post("/tasks", json={"sentence": sentence})
    assert answer.status_code == 201
    card: dict[str, Any] = answer.json()["task"]
    return card


def tapped(caller: Caller, card: dict[str, Any], **rep: str) -> Any:  # noqa: ANN401 - JSON
    answer = caller.http.post(f"/tasks/{card['id']}/reps", json=rep)
    assert answer.status_code == 201
    return answer.json()


def changed(caller: Caller, card: dict[str, Any], **wish: str) -> Any:  # noqa: ANN401 - an answer
    return caller.http.patch(f"/tasks/{card['id']}", json=wish, headers={"if-match": f'"{card["version"]}"'})
