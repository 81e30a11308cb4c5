"""Forms as httpx2 writes them come back as they were, whatever bytes a recording has."""

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.world.transcriber.errors import TranscriberError
from local.world.transcriber.form import Form, parse_form

LINE_ENDS = st.sampled_from([b"\r\n", b"\r", b"\n", b"--", b"\x00", b"\xff", b"a"])
FILES = st.one_of(st.binary(max_size=500), st.lists(LINE_ENDS, max_size=20).map(b"".join))
VALUES = st.lists(st.text('abc xyz{}"\r\n\u00e9', max_size=20), min_size=1, max_size=3)


def sent(fields: dict[str, list[str]], file: bytes | None) -> Form:
    files = None if file is None else {"file": ("call.wav", file, "audio/wav")}
    request = httpx2.Request("POST", "http://127.0.0.1/", data=fields, files=files)
    return parse_form(request.headers["content-type"], request.read())


@given(VALUES, FILES)
def test_a_form_with_a_file_comes_through_unchanged(values: list[str], file: bytes) -> None:
    assert sent({"keyterms": values}, file) == Form({"keyterms": values}, file)


@given(VALUES)
def test_a_form_without_a_file_comes_through_unchanged(values: list[str]) -> None:
    assert sent({"keyterms": values}, None) == Form({"keyterms": values})


@given(st.sampled_from(["multipart/form-data; boundary=x", "multipart/form-data"]), st.binary(max_size=200))
def test_what_is_no_form_is_refused(content_type: str, body: bytes) -> None:
    with pytest.raises(TranscriberError):
        parse_form(content_type, body)


NAMED = b'content-disposition: form-data; name="a"\r\n'


@pytest.mark.parametrize(
    "part",
    [
        NAMED + b"\r\nno end",
        b"content-disposition: form-data\r\n\r\nno name\r\n--x--\r\n",
        NAMED + b"content-type: message/rfc822\r\n\r\na: b\r\n--x--\r\n",
    ],
    ids=["no end", "no name", "a message"],
)
def test_a_form_that_is_out_of_shape_is_refused(part: bytes) -> None:
    with pytest.raises(TranscriberError):
        parse_form("multipart/form-data; boundary=x", b"--x\r\n" + part)
