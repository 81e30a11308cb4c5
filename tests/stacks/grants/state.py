"""What is known so far: the values in each variable, who read it, and what is still to be looked at again."""

from __future__ import annotations

import ast
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from tests.stacks.grants.source import Sources
from tests.stacks.grants.types import Types
from tests.stacks.grants.values import (
    EMPTY,
    Class,
    Frame,
    Instance,
    Partial,
    Text,
    Value,
    Values,
    a_frame,
    an_instance,
)

Owner: TypeAlias = Frame | Class | Instance | Partial | ast.AST | frozenset[Class]
Place: TypeAlias = tuple[Owner, str]
RESULT, NAMES = "return", "*names"
OBJECTS = "*objects"


@dataclass(frozen=True, slots=True)
class Call:
    """A method of a boto3 client that is called, on what, and by which index of it.

    `presigned` is a link or a form for somebody else to ask with; `versioned` names one version of an object.
    """

    service: str
    method: str
    on: frozenset[Text] = frozenset()
    index: str = ""
    where: str = ""
    presigned: bool = False
    versioned: bool = False


@dataclass(slots=True, eq=False)
class State:
    """`settings` are the texts that are known, by the names of the settings.

    At the `last_resort`, what is not known is taken to be any object that its annotation allows.
    """

    sources: Sources
    settings: Mapping[str, str] = field(default_factory=dict)
    last_resort: bool = False
    values: dict[Place, frozenset[Value]] = field(default_factory=dict)
    readers: dict[Place, set[Frame]] = field(default_factory=lambda: defaultdict(set))
    waiting: dict[Frame, None] = field(default_factory=dict)
    reached: dict[Frame, None] = field(default_factory=dict)
    types: Types = field(init=False)
    scopes: dict[Class, Frame] = field(default_factory=dict)
    calls: dict[tuple[ast.AST, Frame], frozenset[Call]] = field(default_factory=dict)
    objects: dict[Class, set[Value]] = field(default_factory=lambda: defaultdict(set))
    wanted: set[frozenset[Class]] = field(default_factory=set)
    asked: dict[Text, object] = field(default_factory=dict)
    invoked: set[str] = field(default_factory=set)
    inside: dict[Instance, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        self.types = Types(self.sources)

    def read(self, reader: Frame, owner: Owner, name: str) -> Values:
        place = (owner, name)
        self.readers[place].add(reader)
        return self.values.get(place, EMPTY)

    def write(self, owner: Owner, name: str, values: Values) -> None:
        place = (owner, name)
        held = self.values.get(place, EMPTY)
        if not values <= held:
            self.values[place] = held | values
            self.waiting.update(dict.fromkeys(self.readers[place]))
        if isinstance(owner, Instance) and name not in self.inside[owner]:
            self.inside[owner][name] = None
            self.waiting.update(dict.fromkeys(self.readers[owner, NAMES]))

    def note(self, made: Instance, of: Class) -> None:
        """An object there may be, for whatever annotation has asked for such."""
        if made not in self.objects[of]:
            self.objects[of].add(made)
            for kinds in self.wanted:
                if self.types.fits(of, kinds):
                    self.write(kinds, OBJECTS, {made})

    def made(self, reader: Frame, kinds: frozenset[Class]) -> Values:
        """The objects that fit one of these classes."""
        if kinds not in self.wanted:
            self.wanted.add(kinds)
            for of, objects in self.objects.items():
                if self.types.fits(of, kinds):
                    self.write(kinds, OBJECTS, objects)
        return self.read(reader, kinds, OBJECTS)

    def reach(self, frame: Frame) -> Frame:
        if frame not in self.reached:
            self.reached[frame] = None
            self.waiting[frame] = None
        return frame

    def module(self, name: str) -> Frame:
        """Importing a module runs it, and the packages that it is in."""
        for place, letter in enumerate(name):
            if letter == "." and name[:place] in self.sources.trees:
                self._module(name[:place])
        return self._module(name)

    def dictionary(self, site: ast.AST, frame: Frame, fields: Mapping[str, Values]) -> Instance:
        made = an_instance(None, site, frame, frozenset())
        for name, values in fields.items():
            self.write(made, name, values)
        return made

    def fields(self, reader: Frame, of: Instance) -> Mapping[str, Values]:
        """What is in an object or a dictionary now, by name."""
        self.readers[of, NAMES].add(reader)
        return {name: self.read(reader, of, name) for name in list(self.inside[of])}

    def known(self, text: Text) -> object | None:
        """What a text is, where the environment says it in so many words."""
        self.asked[text] = said(self.settings, text)
        return self.asked[text]

    def again(self, frames: Iterable[Frame]) -> None:
        self.waiting.update(dict.fromkeys(frames))

    def _module(self, name: str) -> Frame:
        return self.reach(a_frame(self.sources.trees[name], name, None, None, frozenset()))


def said(settings: Mapping[str, str], text: Text) -> object | None:
    """None, too, where the path leads nowhere or to more than one place."""
    if text.setting not in settings:
        return None
    found: object = settings[text.setting]
    try:
        return _walk(json.loads(str(found)), text.path) if text.path else found
    except (ValueError, LookupError, TypeError):
        return None


def _walk(value: object, path: Iterable[str | int]) -> object:
    for key in path:
        value = value[key]  # type: ignore[index]  # what is no container is not known
    return value
