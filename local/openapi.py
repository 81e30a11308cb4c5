"""`make docs`: the API's own description, written down so that a change of it is seen."""

import json

from switchboard.api.openapi import described
from switchboard.skills import SKILLS

from local.places import ROOT

DOCUMENT = ROOT / "docs" / "openapi.json"


def rendered() -> str:
    return json.dumps(described(SKILLS), indent=2, ensure_ascii=False) + "\n"
