"""Recordings become insights: what is uploaded goes through a queue to a machine that works on it."""

from collections.abc import Sequence

import aws_cdk as cdk
from constructs import Construct
from switchboard.core.secret_labels import SecretLabel

from stacks.constructs import access
from stacks.constructs.access import Link
from stacks.constructs.function import Function, Size
from stacks.constructs.platform import Platform
from stacks.constructs.queue import Queue
from stacks.constructs.workflow import Workflow
from stacks.foundation import FoundationStack
from stacks.model_access import allow_models
from stacks.settings import Settings
from stacks.skills.calls import grants
from stacks.skills.calls.grants import DELETES, LISTS
from stacks.skills.calls.recordings import ANALYSES, TRANSCRIPTS, UPLOADS, Recordings
from stacks.skills.calls.settings import Calls
from stacks.skills.calls.state_machine import CallStates, Step, Steps
from stacks.skills.calls.webhook import called_by_the_transcriber
from stacks.skills.stack import SkillStack

START = Size(seconds=60, megabytes=512)
TRANSCRIBE = Size(seconds=90, megabytes=512)
RECEIVE = Size(seconds=29, megabytes=1024)
LOOK = Size(seconds=120, megabytes=2048)
PLAN = Size(seconds=60, megabytes=1024)
ANALYZE = Size(seconds=300, megabytes=1024)
FINISH = Size(seconds=600, megabytes=1536)
FAIL = Size(seconds=60, megabytes=512)


class OwnStack(SkillStack):
    """`files` is where everything large lies; `machine` works on a call."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        foundation: FoundationStack,
        stack_name: str,
    ) -> None:
        super().__init__(scope, construct_id, settings=settings, foundation=foundation, stack_name=stack_name)
        self._calls = settings.of(Calls)
        self._platform = Platform(self, "Platform", settings=settings, alarms=foundation.alarms)
        self._uploads = Queue(self, "Uploads", self._platform, handled_within=START)
        self.recordings = Recordings(self, "Recordings", settings=settings, uploads=self._uploads.queue)
        self.files = self.recordings
        self.machine = self._calls_are_worked_on()
        self._uploads_come_in()
        self._transcripts_come_in()
        self._add_outputs()

    def chat(self) -> Sequence[Link]:
        return (*super().chat(), *grants.reading_texts(self.recordings))

    def jobs(self) -> Sequence[Link]:
        return (*super().jobs(), *grants.reading_and_deleting(self.recordings))

    def rest(self) -> Sequence[Link]:
        return (
            *super().rest(),
            *grants.reading_and_deleting(self.recordings),
            grants.uploading(self.recordings),
            grants.playing(self.recordings),
            access.start(self.machine.machine, "machine"),
            access.value("quota", self._calls.quota.to_json()),
            access.value("models", self.settings.model.names_to_json()),
        )

    def _calls_are_worked_on(self) -> Workflow:
        """Each state that works is a function of its own."""
        steps = Steps(
            transcribe=Step(function=self._transcribing(), size=TRANSCRIBE),
            look=Step(function=self._looking(), size=LOOK),
            plan=Step(function=self._planning(), size=PLAN),
            analyze=Step(function=self._analyzing(), size=ANALYZE),
            finish=Step(function=self._finishing(), size=FINISH),
            fail=Step(function=self._failing(), size=FAIL),
        )
        emulated = self.settings.emulator is not None
        states = CallStates(self, "States", steps=steps, calls=self._calls, emulated=emulated)
        work = Workflow(self, "Work", self._platform, first=states.first, calls=steps.functions)
        work.is_answered_by(steps.transcribe.function)
        return work

    def _uploads_come_in(self) -> None:
        """Bucket → queue → start → machine."""
        start = self._function(
            "StartCall",
            "switchboard.skills.calls.handlers.start",
            START,
            *self._moving(),
            self._settling(),
            *self._telling(),
            access.objects(
                self.recordings, "RECORDINGS_BUCKET", *("GetObjectVersion", *DELETES), under=UPLOADS
            ),
            access.listing(self.recordings, "RECORDINGS_BUCKET", *LISTS),
            access.start(self.machine.machine, "MACHINE"),
        )
        self._uploads.feed(start, batch=10)

    def _transcripts_come_in(self) -> None:
        """Transcriber → HTTP gateway → receive_transcript → whoever waits.

        Anybody may call it, so it can keep a transcript and do nothing else: not even pay for it.
        """
        if not self._calls.transcriber.calls_back:
            return
        receive = self._function(
            "ReceiveTranscript",
            "switchboard.skills.calls.handlers.receive_transcript",
            RECEIVE,
            *self._moving(),
            self._choosing(),
            access.objects(self.recordings, "RECORDINGS_BUCKET", "PutObject", under=TRANSCRIPTS),
            access.secret(self.base.secret, "TRANSCRIPTS_SECRET", SecretLabel.TRANSCRIPTS),
        )
        self.machine.is_answered_by(receive)
        called_by_the_transcriber(self, self.base.http, receive)

    def _transcribing(self) -> Function:
        """The recording itself goes from the bucket to the transcriber, by a link that this role signs."""
        return self._function(
            "TranscribeCall",
            "switchboard.skills.calls.handlers.transcribe",
            TRANSCRIBE,
            *self._moving(),
            self._reserving(),
            access.objects(self.recordings, "RECORDINGS_BUCKET", "GetObjectVersion", under=UPLOADS),
            *self._asking("StartTranscriptionJob"),
            *grants.read_by(self._calls.transcriber, self.recordings),
            layers=("base", "model"),
        )

    def _looking(self) -> Function:
        return self._function(
            "LookForTranscript",
            "switchboard.skills.calls.handlers.poll_transcript",
            LOOK,
            *self._moving(),
            self._choosing(),
            self._settling(),
            access.objects(self.recordings, "RECORDINGS_BUCKET", "PutObject", under=TRANSCRIPTS),
            *self._asking("GetTranscriptionJob", "DeleteTranscriptionJob"),
            *grants.written_by(self._calls.transcriber, self.recordings),
            layers=("base", "model"),
        )

    def _planning(self) -> Function:
        return self._function(
            "PlanCall",
            "switchboard.skills.calls.handlers.plan",
            PLAN,
            *self._moving(),
            self._choosing(),
            self._reserving(),
            access.objects(self.recordings, "RECORDINGS_BUCKET", "GetObject", under=TRANSCRIPTS),
            access.listing(self.recordings, "RECORDINGS_BUCKET"),
            model=True,
        )

    def _analyzing(self) -> Function:
        return self._function(
            "AnalyzeCall",
            "switchboard.skills.calls.handlers.analyze",
            ANALYZE,
            access.table(self.records, "CALLS_TABLE", "GetItem"),
            access.objects(self.recordings, "RECORDINGS_BUCKET", "GetObject", under=TRANSCRIPTS),
            access.objects(self.recordings, "RECORDINGS_BUCKET", "GetObject", "PutObject", under=ANALYSES),
            access.listing(self.recordings, "RECORDINGS_BUCKET"),
            access.secret(self.base.secret, "MODEL_SECRET", SecretLabel.MODEL),
            layers=("base", "model"),
            model=True,
        )

    def _finishing(self) -> Function:
        return self._function(
            "FinishCall",
            "switchboard.skills.calls.handlers.finish",
            FINISH,
            *self._moving(),
            self._settling(),
            *self._telling(),
            access.objects(self.recordings, "RECORDINGS_BUCKET", "GetObject", under=TRANSCRIPTS),
            access.objects(
                self.recordings, "RECORDINGS_BUCKET", *("GetObject", "PutObject", *DELETES), under=ANALYSES
            ),
            access.listing(self.recordings, "RECORDINGS_BUCKET", *LISTS),
            access.secret(self.base.secret, "MODEL_SECRET", SecretLabel.MODEL),
            layers=("base", "model"),
            model=True,
        )

    def _failing(self) -> Function:
        return self._function(
            "FailCall",
            "switchboard.skills.calls.handlers.fail",
            FAIL,
            *self._moving(),
            self._settling(),
            *self._telling(),
            access.objects(self.recordings, "RECORDINGS_BUCKET", "GetObject", under=ANALYSES),
            access.objects(self.recordings, "RECORDINGS_BUCKET", *DELETES, under=UPLOADS),
            access.listing(self.recordings, "RECORDINGS_BUCKET", *LISTS),
        )

    def _function(
        self,
        construct_id: str,
        handler: str,
        size: Size,
        *uses: Link,
        layers: tuple[str, ...] = ("base",),
        model: bool = False,
    ) -> Function:
        settings = self.settings
        told = {"TRANSCRIBER": self._calls.transcriber.to_json(), "SPEND": settings.spend.to_json()}
        asked = {"MODEL": settings.model.to_json()} if model else {}
        made = Function(
            self,
            construct_id,
            self._platform,
            handler=handler,
            size=size,
            layers=layers,
            uses=uses,
            environment={**told, **asked},
        )
        if "model" in layers and model:
            allow_models(made, settings.model)
        return made

    def _moving(self) -> tuple[Link, ...]:
        """To move a call on: its record, its pages."""
        base = self.base
        return (
            access.table(self.records, "CALLS_TABLE", "GetItem", "PutItem"),
            access.table(base.conversations, "CONVERSATIONS_TABLE", "GetItem", "Query", "DeleteItem"),
            access.post(base.socket, "CONNECTIONS_URL"),
        )

    def _choosing(self) -> Link:
        """To choose a profile among those that a person has."""
        return access.table(self.records, "CALLS_TABLE", "Query")

    def _reserving(self) -> Link:
        """To put money aside for a step, before it."""
        verbs = ("PutItem", "UpdateItem", "ConditionCheckItem")
        return access.table(self.base.people, "PEOPLE_TABLE", *verbs)

    def _settling(self) -> Link:
        """To pay what a step has cost, after it."""
        verbs = ("GetItem", "UpdateItem", "ConditionCheckItem")
        return access.table(self.base.people, "PEOPLE_TABLE", *verbs)

    def _telling(self) -> tuple[Link, ...]:
        """To tell whoever asked how it ended."""
        base = self.base
        return (
            access.table(base.people, "PEOPLE_TABLE", "Query"),
            access.table(base.conversations, "CONVERSATIONS_TABLE", "GetItem", "PutItem", "UpdateItem"),
            access.publish(base.turns, "TURNS_TOPIC"),
        )

    def _asking(self, *verbs: str) -> tuple[Link, ...]:
        """The transcriber of the settings: by its key, or by the function's role."""
        if self._calls.transcriber.kind == "elevenlabs":
            return (access.secret(self.base.secret, "TRANSCRIBER_SECRET", SecretLabel.TRANSCRIBER),)
        return (grants.jobs(self, *verbs),)

    def _add_outputs(self) -> None:
        outputs = {
            "CallsTable": self.records.table_name,
            "RecordingsBucket": self.recordings.bucket_name,
            "ModelNames": self.settings.model.names_to_json(),
            "CallsMachineArn": self.machine.machine.state_machine_arn,
        }
        for key, value in outputs.items():
            cdk.CfnOutput(self, key, value=value)
