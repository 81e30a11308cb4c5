"""The bill of materials has every package of every lock, and says what each is licensed as."""

import json

from local.lock import LOCKS, locked
from local.sbom import UNKNOWN, bill_of_materials, licences, used


def test_every_locked_package_is_in_the_bill_of_materials() -> None:
    made = json.loads(bill_of_materials(used()))
    listed = {(part["name"], part["version"]) for part in made["components"]}
    assert {(each.name, each.version) for lock in LOCKS for each in locked(lock.path)} <= listed
    assert any(part["purl"].startswith("pkg:npm/preact@") for part in made["components"])
    assert made["bomFormat"] == "CycloneDX"


def test_what_functions_and_page_carry_says_its_licence() -> None:
    shipped = [each for each in used() if any("layers" in name or "web" in name for name in each.lists)]
    assert shipped
    assert [each.name for each in shipped if each.licence == UNKNOWN] == []


def test_the_list_of_licences_names_each_package_with_its_version() -> None:
    packages = used()
    lines = licences(packages).splitlines()
    assert len(lines) == 2 + len(packages)
    assert any(line.startswith("| openai | 3.") for line in lines)
