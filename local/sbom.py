"""All packages of the project: a CycloneDX bill of materials, and the licence of each. `make sbom`.

Packages, versions and hashes are read from the locks; licences are what each package says of itself.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import Distribution, distributions
from pathlib import Path

from cyclonedx.contrib.hash.factories import HashTypeFactory
from cyclonedx.model import Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from local.lock import LOCKS, ROOT, canonical, locked

FOLDER = ROOT / ".build" / "sbom"
NPM_LOCKS = (ROOT / "package-lock.json", ROOT / "web" / "package-lock.json")
LOCAL_AWS = [str(path) for path in (ROOT / ".local" / "aws" / "lib").glob("python*/site-packages")]
"""The environment that the local AWS has for itself."""
UNKNOWN = "not said"
CLASSIFIER = "License :: OSI Approved :: "


@dataclass(frozen=True, slots=True)
class Used:
    """A package as one list has it; `lists` are all that name it."""

    url: PackageURL
    licence: str
    hashes: tuple[str, ...] = ()
    lists: frozenset[str] = field(default_factory=frozenset)

    @property
    def name(self) -> str:
        return f"{self.url.namespace}/{self.url.name}" if self.url.namespace else self.url.name


def main() -> None:
    packages = used()
    FOLDER.mkdir(parents=True, exist_ok=True)
    bom, table = FOLDER / "bom.cdx.json", FOLDER / "licences.md"
    bom.write_text(bill_of_materials(packages), encoding="utf-8")
    table.write_text(licences(packages), encoding="utf-8")
    print(f"{len(packages)} packages: {bom.relative_to(ROOT)}, {table.relative_to(ROOT)}")


def used() -> list[Used]:
    """Every package and version once, by name."""
    found: dict[PackageURL, Used] = {}
    for each in (*_python(), *_npm()):
        before = found.get(each.url, each)
        found[each.url] = Used(each.url, each.licence, each.hashes, before.lists | each.lists)
    return sorted(found.values(), key=lambda each: (each.name, str(each.url)))


def bill_of_materials(packages: Iterable[Used]) -> str:
    """JSON of CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/)."""
    parts = [_component(each) for each in packages]
    bom = Bom(components=parts)
    bom.metadata.component = Component(name="switchboard", type=ComponentType.APPLICATION)
    bom.register_dependency(bom.metadata.component, parts)
    return JsonV1Dot6(bom).output_as_string(indent=2)


def licences(packages: Iterable[Used]) -> str:
    rows = (
        f"| {each.name} | {each.url.version} | {each.licence} | {', '.join(sorted(each.lists))} |"
        for each in packages
    )
    return "\n".join(("| package | version | licence | listed in |", "|---|---|---|---|", *rows, ""))


def _component(used: Used) -> Component:
    return Component(
        name=used.name,
        version=used.url.version,
        purl=used.url,
        bom_ref=str(used.url),
        type=ComponentType.LIBRARY,
        licenses=[DisjunctiveLicense(name=used.licence)],
        hashes=[HashTypeFactory().from_composite_str(each) for each in used.hashes],
        properties=[Property(name="switchboard:list", value=name) for name in sorted(used.lists)],
    )


def _python() -> Iterator[Used]:
    said = {canonical(each.name): _licence(each) for each in distributions(path=[*sys.path, *LOCAL_AWS])}
    for lock in LOCKS:
        listed = frozenset({_relative(lock.path)})
        for package in locked(lock.path):
            url = PackageURL("pypi", None, package.name, package.version)
            yield Used(url, said.get(package.name, UNKNOWN), package.hashes, listed)


def _npm() -> Iterator[Used]:
    """A lock's keys are folders, the last of which is the package's name."""
    for path in NPM_LOCKS:
        for folder, package in json.loads(path.read_text(encoding="utf-8"))["packages"].items():
            *scope, name = folder.rpartition("node_modules/")[2].split("/")
            if name:
                url = PackageURL("npm", "/".join(scope) or None, name, package["version"])
                licence = str(package.get("license", UNKNOWN))
                yield Used(url, licence, lists=frozenset({_relative(path)}))


def _licence(package: Distribution) -> str:
    """By the field for it, or where that is missing or a whole text, by the classifiers."""
    said = package.metadata
    classified = (each for each in said.get_all("Classifier", ()) if CLASSIFIER in each)
    named = " OR ".join(each.removeprefix(CLASSIFIER) for each in classified)
    (expression,), (free,) = (said.get_all(name, [""])[:1] for name in ("License-Expression", "License"))
    return expression or named or ("" if "\n" in free else free) or UNKNOWN


def _relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    main()
