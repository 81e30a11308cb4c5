"""What is held of one person across all stores: what an export writes down and an erasure takes away."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from switchboard.core.people.address import Address, PersonId
from switchboard.core.stored_data.inventory import RecordKind


@dataclass(frozen=True, slots=True)
class PersonScope:
    """Somebody, whom they were before they linked, and the addresses that lead to them. They come first."""

    persons: tuple[PersonId, ...]
    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """One record as it is stored."""

    kind: RecordKind
    pk: str
    sk: str
    values: Mapping[str, object]


class PersonalDataReader(Protocol):
    """The tables, read kind by kind."""

    def scope(self, person: PersonId) -> PersonScope: ...

    def of(self, scope: PersonScope, kind: RecordKind) -> Iterator[StoredRecord]:
        """The records of a kind that are the person's, partition by partition, in the order of their keys."""

    def all(self, scope: PersonScope) -> Iterator[StoredRecord]:
        """Every record that is the person's, also of kinds that nobody wrote down."""


class Store(Protocol):
    """A store beside the tables: a bucket, the user pool."""

    @property
    def name(self) -> str:
        """How an erasure counts its entries."""

    @property
    def file(self) -> str:
        """Where an export writes them, or ""."""

    def entries(self, scope: PersonScope) -> Iterable[Mapping[str, object]]: ...

    def erase(self, scope: PersonScope) -> None:
        """Every entry; one that is gone already is no error."""


@dataclass(frozen=True, slots=True)
class StoreSet:
    """Everything that holds a person's data; `about` says what is in the files of skills."""

    belongings: PersonalDataReader
    others: Sequence[Store] = ()
    about: Mapping[str, str] = field(default_factory=dict)
