"""A user pool in memory: passwords, and sessions that can be ended."""

from dataclasses import dataclass, field

from switchboard.core.sign_in import Session

HOUR = 3600


@dataclass
class FakePool:
    passwords: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def sign_in(self, username: str, password: str) -> Session | None:
        self.asked.append(username)
        if self.passwords.get(username) != password:
            return None
        refresh = f"refresh-{len(self.sessions)}"
        self.sessions[refresh] = username
        return Session(f"token-of-{username}", HOUR, refresh)

    def renew(self, refresh: str) -> Session | None:
        username = self.sessions.get(refresh)
        return Session(f"token-of-{username}", HOUR) if username else None

    def revoke(self, refresh: str) -> None:
        self.sessions.pop(refresh, None)
