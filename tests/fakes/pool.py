"""A user pool in memory: passwords, and sessions that rotate and can be ended."""

from dataclasses import dataclass, field

from switchboard.core.people.login import Session

HOUR = 3600


@dataclass
class FakePool:
    passwords: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    made: int = 0

    def sign_in(self, username: str, password: str) -> Session | None:
        self.asked.append(username)
        if self.passwords.get(username) != password:
            return None
        return self._session(username)

    def renew(self, refresh: str) -> Session | None:
        username = self.sessions.pop(refresh, None)
        return self._session(username) if username else None

    def revoke(self, refresh: str) -> str | None:
        return self.sessions.pop(refresh, None)

    def _session(self, username: str) -> Session:
        refresh = f"refresh-{self.made}"
        self.made += 1
        self.sessions[refresh] = username
        return Session(f"token-of-{username}", HOUR, refresh)
