"""How a call is worked on, state by state: transcribed, waited for, planned, read in pieces, made one.

A step answers `{"state", "reason", "cause"}`: that a recording is silent is no error, and sets off no alarm.
What a step raises is tried again when it may succeed later. Every way ends after `Finish` or `Fail`, which
give the call its last status. A run fails when something is wrong with us or with whom we rely on.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import aws_cdk as cdk
from aws_cdk import aws_stepfunctions as sfn
from aws_cdk import aws_stepfunctions_tasks as tasks
from constructs import Construct

from stacks.constructs.function import Function, Size
from stacks.constructs.workflow import CAUGHT, LAMBDA, patient, task
from stacks.skills.calls.settings import Calls

RETRYABLE = (
    *("Retryable", "ModelUnavailable", "ModelInterrupted", "TranscriberUnavailable", "NoAnswer"),
    *("SecretUnavailable", "RecordConflict", "Busy", "ConversationErased", "LeaseLost", "Overtaking"),
    *("ConversationBusy", "NotDue", "ErasureIncomplete"),
)
"""The tree of the product's `Retryable`, by name: what AWS refuses for a while is one of them by then."""
EMPTY = "{% '' %}"
"""As an expression: the documents do not say whether a literal may be empty, and validators refuse it."""
EMULATED = "Runtime.HandlerError"
"""The one name that the emulator has for whatever a function raises, and for one that died."""
CAUGHT_EMULATED = {
    "reason": (
        f"{{% $states.errorOutput.Error = '{EMULATED}' "
        "? $parse($states.errorOutput.Cause).errorMessage : $states.errorOutput.Error %}"
    ),
    "cause": EMPTY,
}
"""Our errors' texts are their names, as far as the machine gets to see them."""
EVERYTHING = "States.ALL"
TASK = "{% $task %}"
BEGINNING = {
    "call": "{% $states.input.call %}",
    "analysis": "{% $states.input.analysis %}",
    "longest": "{% $states.input.longest_ms %}",
    "profile": "{% $states.input.profile %}",
    "version": "{% $states.input.version %}",
    "trial": "{% $states.input.trial %}",
    "looks": 0,
    "task": {},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    function: Function
    size: Size


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    transcribe: Step
    look: Step
    plan: Step
    analyze: Step
    finish: Step
    fail: Step

    @property
    def functions(self) -> list[Function]:
        every = (self.transcribe, self.look, self.plan, self.analyze, self.finish, self.fail)
        return [each.function for each in every]


class CallStates(Construct):
    """`first` is where it begins."""

    def __init__(
        self, scope: Construct, construct_id: str, *, steps: Steps, calls: Calls, emulated: bool
    ) -> None:
        super().__init__(scope, construct_id)
        self._steps, self._calls = steps, calls
        self._caught = CAUGHT_EMULATED if emulated else CAUGHT
        self._errors = (*RETRYABLE, *LAMBDA, *((EMULATED,) if emulated else ()))
        self._fail = self._failing()
        self._gone = sfn.Succeed.jsonata(self, "Gone")
        plan = self._reading()
        self.first = self._begins(plan)

    def _begins(self, plan: sfn.IChainable) -> sfn.Pass:
        begin = sfn.Pass.jsonata(self, "Begin", assign=BEGINNING)
        heard = sfn.Choice.jsonata(self, "IsHeard")
        heard.when(_if("$states.input.heard"), plan).otherwise(self._listening(plan))
        begin.next(heard)
        return begin

    def _listening(self, plan: sfn.IChainable) -> sfn.IChainable:
        given = {"call": "{% $call %}", "longest_ms": "{% $longest %}"}
        transcribe = self._task("Transcribe", self._steps.transcribe, {**given, "token": EMPTY})
        look = self._looking(plan)
        wait = self._waiting(given, look) if self._calls.transcriber.calls_back else look
        transcribe.next(self._by_state("HasBegun", {"ready": look, "pending": wait}))
        return transcribe

    def _waiting(self, given: Mapping[str, str], look: sfn.IChainable) -> tasks.LambdaInvoke:
        """Whoever brings the transcript answers; brought or not, it is looked at then, and paid."""
        seconds = self._calls.patience.webhook_seconds
        wait = tasks.LambdaInvoke.jsonata(
            self,
            "Await",
            lambda_function=self._steps.transcribe.function.function,
            integration_pattern=sfn.IntegrationPattern.WAIT_FOR_TASK_TOKEN,
            payload=sfn.TaskInput.from_object({**given, "token": "{% $states.context.Task.Token %}"}),
            retry_on_service_exceptions=False,
            task_timeout=sfn.Timeout.duration(cdk.Duration.seconds(seconds)),
        )
        self._patient(wait)
        wait.add_catch(look, errors=["States.Timeout"])
        wait.add_catch(self._fail, errors=[EVERYTHING], outputs=self._caught)
        wait.next(look)
        return wait

    def _looking(self, plan: sfn.IChainable) -> tasks.LambdaInvoke:
        patience = self._calls.patience
        look = self._task("Look", self._steps.look, {"call": "{% $call %}"})
        pause = sfn.Wait.jsonata(
            self,
            "Pause",
            time=sfn.WaitTime.duration(cdk.Duration.seconds(patience.look_seconds)),
            assign={"looks": "{% $looks + 1 %}"},
        )
        pause.next(look)
        late = sfn.Pass.jsonata(self, "Late", outputs={"reason": "TRANSCRIPT_LATE", "cause": EMPTY})
        late.next(self._fail)
        again = sfn.Choice.jsonata(self, "MayCome")
        again.when(_if(f"$looks < {patience.looks}"), pause).otherwise(late)
        look.next(self._by_state("HasCome", {"ready": plan, "pending": again}))
        return look

    def _reading(self) -> tasks.LambdaInvoke:
        names = ("call", "analysis", "profile", "version", "trial")
        plan = self._task("Plan", self._steps.plan, {name: f"{{% ${name} %}}" for name in names})
        keep = sfn.Pass.jsonata(self, "Keep", assign={"task": "{% $states.input.task %}"})
        plan.next(self._by_state("IsPlanned", {"ready": keep}))
        finish = self._task("Finish", self._steps.finish, {"task": TASK})
        finish.next(self._by_state("IsDone", {"Completed": sfn.Succeed.jsonata(self, "Done")}))
        keep.next(self._analyzing()).next(finish)
        return plan

    def _analyzing(self) -> sfn.Map:
        """One request after the other, some at a time; the first that fails ends them all."""
        every = sfn.Map.jsonata(
            self,
            "Analyze",
            items=sfn.ProvideItems.jsonata("{% [0..$task.works - 1] %}"),
            item_selector={"number": "{% $states.context.Map.Item.Value %}"},
            max_concurrency=self._calls.at_once,
            outputs={},
        )
        read = task(
            self,
            "Read",
            self._steps.analyze.function,
            given={"task": TASK, "number": "{% $states.input.number %}"},
            size=self._steps.analyze.size,
        )
        unread = sfn.Fail.jsonata(
            self, "Unread", error="{% $states.input.reason %}", cause="{% $states.input.cause %}"
        )
        self._patient(read).add_catch(unread, errors=[EVERYTHING], outputs=self._caught)
        was_read = sfn.Choice.jsonata(self, "WasRead")
        was_read.when(_is("failed"), unread).otherwise(sfn.Succeed.jsonata(self, "Answered"))
        every.item_processor(read.next(was_read))
        every.add_catch(self._fail, errors=[EVERYTHING], outputs=self._caught)
        return every

    def _failing(self) -> tasks.LambdaInvoke:
        """What the operator has to hear of fails the run, and so does what cannot even be told."""
        step = self._steps.fail
        given = {
            "call": "{% $call %}",
            "analysis": "{% $analysis %}",
            "task": TASK,
            "error": "{% $states.input.reason %}",
            "cause": "{% $states.input.cause %}",
        }
        fail = self._patient(task(self, "Fail", step.function, given=given, size=step.size), EVERYTHING)
        untold = sfn.Fail.jsonata(self, "Untold", error="Untold", cause="The call has no last status.")
        fail.add_catch(untold, errors=[EVERYTHING])
        ours = sfn.Fail.jsonata(
            self, "Ours", error="{% $states.input.reason %}", cause="The call has its last status."
        )
        is_ours = sfn.Choice.jsonata(self, "IsOurs")
        is_ours.when(_if("$states.input.concerns_the_operator"), ours)
        is_ours.otherwise(sfn.Succeed.jsonata(self, "Told"))
        fail.next(is_ours)
        return fail

    def _task(self, construct_id: str, step: Step, given: Mapping[str, str]) -> tasks.LambdaInvoke:
        made = self._patient(task(self, construct_id, step.function, given=given, size=step.size))
        made.add_catch(self._fail, errors=[EVERYTHING], outputs=self._caught)
        return made

    def _patient(self, state: tasks.LambdaInvoke, *errors: str) -> tasks.LambdaInvoke:
        patience = self._calls.patience
        return patient(
            state,
            errors=errors or self._errors,
            attempts=patience.attempts,
            first_wait=cdk.Duration.seconds(patience.first_wait_seconds),
        )

    def _by_state(self, construct_id: str, ways: Mapping[str, sfn.IChainable]) -> sfn.Choice:
        """A call that was deleted is done with; any other answer is a failure."""
        choice = sfn.Choice.jsonata(self, construct_id)
        for state, way in {**ways, "gone": self._gone}.items():
            choice.when(_is(state), way)
        return choice.otherwise(self._fail)


def _if(expression: str) -> sfn.Condition:
    return sfn.Condition.jsonata(f"{{% {expression} %}}")


def _is(state: str) -> sfn.Condition:
    return _if(f"$states.input.state = '{state}'")
