"""Where text messages can be sent at all (ISO 3166-1), so that everywhere not wanted can be blocked by name.

A code that the carrier does not know fails the deployment; one missing here stays open until it is added.
Compare with `aws pinpoint-sms-voice-v2 get-protect-configuration-country-rule-set` when AWS adds a country.
"""

from pathlib import Path

COUNTRIES = frozenset(Path(__file__).with_suffix(".txt").read_text(encoding="ascii").split())
