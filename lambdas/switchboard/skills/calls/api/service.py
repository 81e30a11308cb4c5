"""The desk of calls, as the REST API asks it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, Protocol

from switchboard.core.errors import UserFacing
from switchboard.core.messages.ports import Clock
from switchboard.core.pages import BadPosition
from switchboard.core.people.address import Address, PersonId
from switchboard.core.skills.blobs import Blobs, LargeUploads, NoSuchBlob
from switchboard.core.skills.records import RecordConflict
from switchboard.rest.pages import cursor
from switchboard.rest.problems import Problem
from switchboard.rest.times import moment
from switchboard.skills.calls.analysis.talk_stats import shown, talk_of
from switchboard.skills.calls.api import models, views
from switchboard.skills.calls.api.ports import Sought
from switchboard.skills.calls.domain import insights, transcript
from switchboard.skills.calls.domain.call import Call, NoSuchCall, Status, Wish
from switchboard.skills.calls.domain.files import analysis_key, transcript_key, upload_key
from switchboard.skills.calls.limits import CALL_ID
from switchboard.skills.calls.profiles.repository import NoSuchProfile, ProfileBook
from switchboard.skills.calls.store.repository import CallBook, Filter
from switchboard.skills.calls.store.search import search
from switchboard.skills.calls.uploads import multipart
from switchboard.skills.calls.uploads.create import FORM_SECONDS, OPEN, Wanted, opened, upload_form
from switchboard.skills.calls.uploads.quota import OverQuota, Quota
from switchboard.skills.calls.workflow.context import forget
from switchboard.skills.calls.workflow.reanalyze import Again, again

LINK_SECONDS: Final = 3600
POSITION: Final = re.compile(f"CALL#{CALL_ID}")
LINE: Final = re.compile(r"\d{1,7}")


Start = Callable[[Again], object]
"""Has it analysed, once; one that was begun already is not begun again."""


class Store(Blobs, LargeUploads, Protocol):
    """The bucket, for files of any size."""


@contextmanager
def told(status: int, *, no_profile: int = 422) -> Iterator[None]:
    """What the person did wrong is answered with this status; what is not theirs is not there."""
    try:
        yield
    except NoSuchProfile as error:
        raise Problem(no_profile, str(error)) from None
    except (NoSuchCall, NoSuchBlob):
        raise Problem(404, "There is no such call, or nothing of that name in it.") from None
    except OverQuota as error:
        raise Problem(409, str(error)) from None
    except UserFacing as error:
        raise Problem(status, str(error)) from None
    except RecordConflict:
        raise Problem(409, "Something else changes it just now. Please try again.") from None


@dataclass(frozen=True, slots=True)
class RestCalls:
    """`listed` are the models that a profile may ask for by name."""

    book: CallBook
    blobs: Store
    start: Start
    clock: Clock
    quota: Quota
    listed: Collection[str]

    def open(self, person: PersonId, wanted: models.NewCall, *, tell: Address) -> models.CallLine:
        said = Wanted(
            file_name=wanted.file_name,
            content_type=wanted.content_type,
            size=wanted.size,
            metadata=wanted.metadata,
            wish=wish_of(wanted.profile),
            consent=wanted.consent,
            tell=tell,
        )
        with told(422):
            call = opened(
                said,
                person=person,
                at_ms=self.clock.now_ms(),
                chance=secrets.token_hex(8),
                profiles=self._profiles(person),
            )
            self.quota.open(call, book=self.book)
        return views.line(call)

    def form(self, person: PersonId, call: str) -> models.Upload:
        now_ms = self.clock.now_ms()
        with told(409):
            known = self._charged(person, call)
            form = upload_form(known, book=self.book, blobs=self.blobs, at_ms=now_ms)
        return models.Upload(
            url=form.url,
            fields=dict(form.fields),
            expires_at=moment(now_ms + FORM_SECONDS * 1000),
            large=known.size >= multipart.LARGE,
        )

    def parts(self, person: PersonId, call: str, numbers: Sequence[int]) -> models.Parts:
        with told(409):
            known = self._charged(person, call)
            begun = multipart.begin(known, book=self.book, uploads=self.blobs, at_ms=self.clock.now_ms())
        with told(422):
            links = multipart.links(begun, numbers, uploads=self.blobs)
            missing = multipart.missing(begun, uploads=self.blobs)
        return models.Parts(
            part_bytes=multipart.PART_BYTES,
            count=multipart.part_count(begun.size),
            links={str(number): url for number, url in links.items()},
            missing=list(missing),
        )

    def finish(self, person: PersonId, call: str) -> models.CallLine:
        """Whoever asks twice may find it on its way already."""
        with told(409):
            known = self.book.get(person, call)
            if known.status in OPEN:
                multipart.finish(known, uploads=self.blobs)
            return views.line(known)

    def page(self, person: PersonId, sought: Sought, *, limit: int, after: str) -> models.Calls:
        if after and not POSITION.fullmatch(after):
            raise BadPosition
        wanted = Filter(
            status=Status(sought.status) if sought.status else None,
            profile=sought.profile,
            since_ms=sought.since_ms,
            until_ms=sought.until_ms,
            text=sought.words,
        )
        found = self.book.page(person, wanted, after=after, limit=limit)
        return models.Calls(items=list(map(views.line, found.calls)), next=cursor(found.next))

    def call(self, person: PersonId, call: str) -> models.Call:
        with told(409):
            known = self.book.get(person, call)
        return views.detail(
            known,
            audio=self._audio(known),
            transcript=self._link(transcript_key(known.id)) if known.has_transcript else None,
            talk=self._talk(known),
            names={each.id: each.name for each in self._profiles(person).all()},
        )

    def transcript(self, person: PersonId, call: str, *, limit: int, after: str) -> models.Transcript:
        if after and not LINE.fullmatch(after):
            raise BadPosition
        with told(409):
            known = self.book.get(person, call)
            kept = self.blobs.get(transcript_key(known.id))
        return views.transcript(kept, first=int(after or 0), limit=limit)

    def search(self, person: PersonId, call: str, words: str) -> models.Hits:
        with told(409):
            known = self.book.get(person, call)
            said = transcript.unpacked(self.blobs.get(transcript_key(known.id)))
        return views.hits(search(said, words, limit=20))

    def insights(self, person: PersonId, call: str, analysis: str) -> models.Insights:
        """Only what is on record of this call is looked for in the bucket."""
        with told(409):
            known = self.book.get(person, call)
            wanted = known.latest.id if analysis == "latest" and known.latest else analysis
            if wanted not in {each.id for each in known.findings}:
                raise NoSuchCall
            return views.insights(insights.unpacked(self.blobs.get(analysis_key(known.id, wanted))))

    def reanalyze(
        self, person: PersonId, call: str, wish: models.ProfileWish | None, *, key: str | None
    ) -> models.CallLine:
        with told(409):
            known = self.book.get(person, call)
            asked = again_under(known, key, book=self._profiles(person), wish=wish_of(wish))
        self.start(asked)
        return views.line(known)

    def delete(self, person: PersonId, call: str) -> None:
        with told(409):
            forget(self, self.book.get(person, call).id)

    def _charged(self, person: PersonId, call: str) -> Call:
        """One that failed takes another recording, and its bytes."""
        known = self.book.get(person, call)
        if known.status is Status.FAILED:
            self.quota.again(known, book=self.book, at_ms=self.clock.now_ms())
        return known

    def _profiles(self, person: PersonId) -> ProfileBook:
        return ProfileBook(self.book.records, person, self.listed)

    def _audio(self, call: Call) -> models.Link | None:
        """The recording that was taken; None while there is none, and after it is gone."""
        key = upload_key(call.id, call.file_name)
        there = self.blobs.stat(key)
        if there is None or there.version != call.object_version:
            return None
        return self._opens(self.blobs.version_link(key, call.object_version, seconds=LINK_SECONDS))

    def _link(self, key: str) -> models.Link | None:
        """None for what is not there any more, or not yet."""
        if self.blobs.stat(key) is None:
            return None
        return self._opens(self.blobs.download_link(key, seconds=LINK_SECONDS))

    def _opens(self, url: str) -> models.Link:
        return models.Link(url=url, expires_at=moment(self.clock.now_ms() + LINK_SECONDS * 1000))

    def _talk(self, call: Call) -> Mapping[str, Any] | None:
        """As the newest analysis found it; of a transcript that none was made of, found now."""
        if not call.has_transcript:
            return None
        try:
            if call.latest:
                return insights.unpacked(self.blobs.get(analysis_key(call.id, call.latest.id))).talk
            return shown(talk_of(transcript.unpacked(self.blobs.get(transcript_key(call.id)))))
        except NoSuchBlob:
            return None


def wish_of(wanted: models.ProfileWish | None) -> Wish | None:
    return Wish(wanted.profile, wanted.version or 0) if wanted else None


def again_under(
    call: Call, key: str | None, *, book: ProfileBook, wish: Wish | None, trial: bool = False
) -> Again:
    """Under one key it is one analysis. Errors: NoSuchProfile, UserFacing."""
    named = sha256(f"{call.id}:{key}".encode()).hexdigest()[:24] if key else secrets.token_hex(12)
    return again(call, analysis=named, book=book, wish=wish, trial=trial)
