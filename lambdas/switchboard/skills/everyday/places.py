"""Where a place's clock is: cities and zones by name, however people write them."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple
from zoneinfo import available_timezones


class Place(NamedTuple):
    name: str
    zone: str


_CONTINENTS: Final = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)

_PUNCTUATION: Final = str.maketrans("_,-", "   ", ".")

_ALSO: Final = {
    "Africa/Johannesburg": ("Cape Town", "Durban", "Pretoria", "South Africa"),
    "Africa/Lagos": ("Abuja", "Nigeria"),
    "Africa/Nairobi": ("Kenya",),
    "America/Argentina/Buenos_Aires": ("Argentina",),
    "America/Bogota": ("Colombia", "Medellin"),
    "America/Chicago": ("Austin", "Dallas", "Houston", "Minneapolis", "New Orleans", "San Antonio"),
    "America/Lima": ("Peru",),
    "America/Los_Angeles": (
        "LA",
        "Las Vegas",
        "Portland",
        "San Diego",
        "San Francisco",
        "San Jose",
        "Seattle",
        "Silicon Valley",
    ),
    "America/New_York": (
        "Atlanta",
        "Boston",
        "Miami",
        "New York City",
        "NYC",
        "Philadelphia",
        "Washington",
        "Washington DC",
    ),
    "America/Sao_Paulo": ("Brasilia", "Rio", "Rio de Janeiro"),
    "America/Toronto": ("Ottawa",),
    "America/Vancouver": ("Victoria",),
    "Asia/Dubai": ("Abu Dhabi", "UAE", "United Arab Emirates"),
    "Asia/Ho_Chi_Minh": ("Hanoi", "Vietnam"),
    "Asia/Jerusalem": ("Haifa",),
    "Asia/Karachi": ("Islamabad", "Lahore", "Pakistan"),
    "Asia/Kolkata": (
        "Bangalore",
        "Bengaluru",
        "Chennai",
        "Delhi",
        "Hyderabad",
        "India",
        "Mumbai",
        "New Delhi",
    ),
    "Asia/Manila": ("Philippines",),
    "Asia/Riyadh": ("Jeddah", "Mecca", "Saudi Arabia"),
    "Asia/Seoul": ("Busan", "Korea", "South Korea"),
    "Asia/Shanghai": ("Beijing", "China", "Guangzhou", "Shenzhen"),
    "Asia/Bangkok": ("Thailand",),
    "Asia/Tokyo": ("Kyoto", "Nagoya", "Osaka", "Sapporo"),
    "Australia/Sydney": ("Canberra",),
    "Europe/Amsterdam": ("Netherlands", "Rotterdam", "The Hague", "The Netherlands"),
    "Europe/Athens": ("Greece",),
    "Europe/Berlin": ("Cologne", "Dusseldorf", "Frankfurt", "Germany", "Hamburg", "Munich", "Stuttgart"),
    "Europe/Brussels": ("Antwerp", "Belgium"),
    "Europe/Bucharest": ("Romania",),
    "Europe/Budapest": ("Hungary",),
    "Europe/Copenhagen": ("Denmark",),
    "Europe/Dublin": ("Ireland",),
    "Europe/Helsinki": ("Finland",),
    "Europe/Istanbul": ("Ankara", "T\u00fcrkiye"),
    "Europe/Kyiv": ("Ukraine",),
    "Europe/Lisbon": ("Porto",),
    "Europe/London": (
        "Birmingham",
        "Edinburgh",
        "England",
        "Glasgow",
        "Manchester",
        "Scotland",
        "UK",
        "Wales",
    ),
    "Europe/Madrid": ("Barcelona", "Seville", "Spain", "Valencia"),
    "Europe/Oslo": ("Norway",),
    "Europe/Paris": ("France", "Lyon", "Marseille", "Nice", "Toulouse"),
    "Europe/Prague": ("Czech Republic", "Czechia"),
    "Europe/Rome": ("Florence", "Italy", "Milan", "Naples", "Turin", "Venice"),
    "Europe/Stockholm": ("Gothenburg", "Sweden"),
    "Europe/Vienna": ("Austria",),
    "Europe/Warsaw": ("Krakow",),
    "Europe/Zurich": ("Basel", "Bern", "Geneva", "Lausanne", "Switzerland"),
    "Pacific/Auckland": ("New Zealand", "Wellington"),
}


def _written(name: str) -> str:
    """A name without case, accents and punctuation, but for the slash of a zone."""
    letters = unicodedata.normalize("NFKD", name.casefold().translate(_PUNCTUATION))
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def _named() -> Iterator[tuple[str, Place]]:
    """Every name we know; where two are written alike, the later one counts."""
    zones = sorted(available_timezones())
    cities = [(zone.rsplit("/", 1)[-1].replace("_", " "), zone) for zone in zones]
    yield from ((_written(city), Place(city, zone)) for city, zone in cities if zone.startswith(_CONTINENTS))
    for zone, names in _ALSO.items():
        yield from ((_written(name), Place(name, zone)) for name in names)
    yield from ((_written(zone), Place(city, zone)) for city, zone in cities)


@cache
def _places() -> dict[str, Place]:
    return dict(_named())


def find(name: str) -> Place | None:
    """The place of that name, if we know one."""
    return _places().get(_written(name))
