"""Where text messages can be sent at all, so that everywhere not wanted can be blocked by name.

Codes of ISO 3166-1 that AWS documents as destinations; docs/decisions/0014-countries.md has the documents,
what a missing country means, and how the list is compared with the carrier's own.
"""

from pathlib import Path

COUNTRIES = frozenset(Path(__file__).with_suffix(".txt").read_text(encoding="ascii").split())
