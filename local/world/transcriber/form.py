"""Forms as clients send them: multipart, or urlencoded when there is no file, as the official client does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from urllib.parse import parse_qs

from starlette.requests import Request

from local.world.transcriber.errors import TranscriberError

MOST_FIELDS = 2000
FILE = "file"


@dataclass(frozen=True, slots=True)
class Form:
    fields: Mapping[str, list[str]]
    file: bytes | None = None


def parse_form(content_type: str, body: bytes) -> Form:
    """Raises TranscriberError."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return from_parts(list(parts(content_type, body)))
    if kind == "application/x-www-form-urlencoded":
        return Form(urlencoded(body))
    raise TranscriberError("invalid_content_type", "The request is not a form.")


def urlencoded(body: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise TranscriberError("bad_request", "The form cannot be read.") from error


def parts(content_type: str, body: bytes) -> Iterator[tuple[str, bytes]]:
    head = f"content-type: {content_type}\r\n\r\n".encode("latin-1")
    message = BytesParser().parsebytes(head + body)
    if not message.is_multipart() or message.defects:
        raise TranscriberError("bad_request", "The form has no such boundary, or no end.")
    for part in message.get_payload():
        if isinstance(part, Message):
            yield named(part)


def named(part: Message) -> tuple[str, bytes]:
    name = part.get_param("name", header="content-disposition")
    payload = part.get_payload(decode=True)
    if not isinstance(name, str) or not isinstance(payload, bytes):
        raise TranscriberError("bad_request", "A part of the form has no name or holds other parts.")
    return name, payload


def from_parts(found: list[tuple[str, bytes]]) -> Form:
    fields: dict[str, list[str]] = {}
    for name, payload in found:
        if name != FILE:
            fields.setdefault(name, []).append(payload.decode(errors="replace"))
    return Form(fields, next((payload for name, payload in found if name == FILE), None))


def told(request: Request, body: bytes) -> object:
    """What the journal tells: no signed address, no audio, none of the client's own metadata."""
    if request.method != "POST":
        return None
    try:
        form = parse_form(request.headers.get("content-type", ""), body)
    except TranscriberError:
        return f"({len(body)} bytes that are no form)"
    shown = {name: ", ".join(shown_value(name, value) for value in form.fields[name]) for name in form.fields}
    return shown if form.file is None else shown | {FILE: f"({len(form.file)} bytes)"}


def shown_value(name: str, value: str) -> str:
    if name.endswith("_url"):
        return value.partition("?")[0]
    return f"({len(value)} characters)" if name == "webhook_metadata" else value
