"""CloudFront: names are of the whole account; a stage in a second region must not ask for the same."""

from collections.abc import Iterator, Mapping
from typing import Any

from cfnlint.helpers import REGIONS  # type: ignore[import-untyped]

from tests.stacks.assembly import Assembly, Resource
from tests.stacks.breaking import first, put
from tests.stacks.refusals.refusal import Refusal

FAMILY = "AWS::CloudFront::"
FUNCTION, HEADERS = f"{FAMILY}Function", f"{FAMILY}ResponseHeadersPolicy"
ACCESS = f"{FAMILY}OriginAccessControl"
UNIQUE = "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateResponseHeadersPolicy.html"
LENGTHS = "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginAccessControlConfig.html"
LONGEST, SHORTEST_LIMIT = {HEADERS: 128}, 64
REGION = {"Ref": "AWS::Region"}
WIDEST = max(REGIONS, key=len)


def names_differ_by_stage_and_region(assembly: Assembly) -> Iterator[str]:
    for resource, name in _named(assembly):
        parts = _parts(name)
        texts = "".join(part for part in parts if isinstance(part, str))
        if REGION not in parts or f"-{assembly.stage}-" not in texts:
            yield f"{resource} asks for {name}, which another stage or region may have"


def names_are_short_enough_in_every_region(assembly: Assembly) -> Iterator[str]:
    for resource, name in _named(assembly):
        text = "".join(WIDEST if part == REGION else str(part) for part in _parts(name))
        if len(text) > LONGEST.get(resource.type, SHORTEST_LIMIT):
            yield f"{resource} has a name of {len(text)} characters in {WIDEST}"


def _named(assembly: Assembly) -> Iterator[tuple[Resource, Any]]:
    """Types keep the name beside or in their configuration."""
    for resource in assembly.resources():
        if resource.type.startswith(FAMILY):
            places = [resource.properties, *filter(_is_mapping, resource.properties.values())]
            yield from ((resource, place["Name"]) for place in places if "Name" in place)


def _is_mapping(value: object) -> bool:
    return isinstance(value, Mapping)


def _parts(name: object) -> list[Any]:
    match name:
        case {"Fn::Join": ["", list(parts)]}:
            return parts
    return [name]


CONFIG = {ACCESS: "OriginAccessControlConfig", HEADERS: "ResponseHeadersPolicyConfig"}
RULES = (
    Refusal(
        names_differ_by_stage_and_region,
        UNIQUE,
        first(HEADERS, put("Properties", CONFIG[HEADERS], "Name", to="SwitchboardprodSiteHeaders9FC2C575")),
    ),
    Refusal(
        names_are_short_enough_in_every_region,
        LENGTHS,
        first(ACCESS, put("Properties", CONFIG[ACCESS], "Name", to={"Fn::Join": ["", ["a" * 60, REGION]]})),
    ),
)
