"""Whose texts are taken: of numbers that an answer can go to, in the countries that the settings list."""

from dataclasses import dataclass

import phonenumbers

from switchboard.channels.sms.inbound import E164
from switchboard.core.messages.keywords import Keyword, keyword


@dataclass(frozen=True, slots=True)
class Reach:
    """`countries` are codes of ISO 3166-1, such as "US"."""

    countries: frozenset[str]

    def takes(self, sender: str, text: str) -> bool:
        """A short code or a name is no number.

        Of another country's number only the wish to opt out or in is heard: it holds should that country
        be listed one day.
        """
        if not E164.fullmatch(sender):
            return False
        return _country_of(sender) in self.countries or keyword(text) in {Keyword.STOP, Keyword.START}


def _country_of(number: str) -> str:
    """Where a country code is shared and the number is in no plan, the country that the code is mostly of.

    "001" and "ZZ" where it is of no country, such as a satellite's.
    """
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return "ZZ"
    planned = phonenumbers.region_code_for_number(parsed)
    return planned or phonenumbers.region_code_for_country_code(parsed.country_code or 0)
