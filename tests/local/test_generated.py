"""What is made from the code is as the code is."""

import pytest

from local.generated import DOCUMENTS, Document


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.path.name)
def test_no_generated_document_is_stale(document: Document) -> None:
    text = document.path.read_text(encoding="utf-8")
    assert document.made(text) == text
