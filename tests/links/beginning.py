"""A town as it was once, for every test that begins there: coming that far takes longer than most tests."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from tests.account import Account, Tables
from tests.links.town import Town, Watched


@dataclass(frozen=True, slots=True)
class Beginning:
    account: Account
    town: Town
    tables: Tables

    @classmethod
    def of(cls, account: Account, town: Town) -> Beginning:
        """As the town and its tables are now."""
        return cls(account, town, account.kept())

    def again(self) -> Town:
        """A copy; its client, and the streams of its model that have ended, are the same."""
        self.account.bring_back(self.tables)
        shared = (self.town.dynamodb, self.town.client, *self.town.model.streams)
        made = deepcopy(self.town, {id(each): each for each in shared})
        made.client = Watched(made.dynamodb, made.interruptions)
        return made
