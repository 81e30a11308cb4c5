"""Wires the worker that holds a conversation and answers it."""

import math
from collections.abc import Callable
from functools import partial

import boto3

from switchboard.adapters.dynamo.conversation.connections import DynamoConnections
from switchboard.adapters.dynamo.conversation.conversations import DynamoConversations
from switchboard.adapters.queues import Queue
from switchboard.adapters.sockets import Bulletin, PageListener, Sockets, make_client
from switchboard.adapters.topics import RepliesTopic, TurnsTopic, parse_signal
from switchboard.channels import CHANNELS
from switchboard.core.conversation.reply import Limits, ReplyEngine
from switchboard.core.conversation.reply_stream import Listener, NullListener
from switchboard.core.conversation.store import Busy
from switchboard.core.conversation.turn import Turn
from switchboard.core.conversation.worker import WorkerDeps, work
from switchboard.core.model.names import listed, names_of
from switchboard.core.model.types import Role
from switchboard.core.people.address import private_conversation
from switchboard.core.people.sockets import Socket
from switchboard.core.skills.commands import Commands
from switchboard.core.skills.tools import Tools
from switchboard.platform.aws import QUICK
from switchboard.platform.batches import Record
from switchboard.platform.clock import SystemClock, new_id
from switchboard.platform.logs import logger
from switchboard.platform.model_client import chat_model
from switchboard.platform.prices import price_book
from switchboard.runtime.budget import report, spending
from switchboard.runtime.builtin_commands import builtin_commands
from switchboard.runtime.toolboxes import toolboxes

TimeLeft = Callable[[], float]


def worker(  # noqa: PLR0913 - one for each variable of its environment
    *,
    people_table: str,
    conversations_table: str,
    turns_topic: str,
    turns_queue_url: str,
    errands_queue_url: str,
    replies_topic: str,
    connections_url: str,
    model: str,
    model_secret: str,
    spend: str,
    skills: str,
    wakeups: str,
    link_wait_hours: str,
) -> Callable[[Record, TimeLeft], None]:
    clock = SystemClock()
    sns = boto3.client("sns", config=QUICK)
    dynamodb = boto3.client("dynamodb", config=QUICK)
    models = listed(names_of(model))
    boxes = toolboxes(skills, wakeups=wakeups, client=dynamodb, models=models)
    tools = Tools(boxes)
    queue = Queue(boto3.client("sqs", config=QUICK), turns_queue_url)
    money = spending(spend, client=dynamodb, people_table=people_table)
    house = builtin_commands(
        dynamodb,
        money,
        people_table=people_table,
        conversations_table=conversations_table,
        turns_topic=turns_topic,
        errands_queue_url=errands_queue_url,
        wakeups=wakeups,
        link_wait_hours=link_wait_hours,
    )
    desk = WorkerDeps(
        conversations=DynamoConversations(dynamodb, conversations_table, people_table),
        signals=TurnsTopic(sns, turns_topic),
        replies=RepliesTopic(sns, replies_topic),
        channels=CHANNELS,
        listen=_listeners(connections_url, DynamoConnections(dynamodb, conversations_table), clock),
        engine=_engine(model, model_secret, tools, clock),
        commands=Commands(house, boxes),
        new_token=new_id,
        spending=money,
        report=partial(report, tools=tools),
    )
    return _taking(desk, queue, clock)


def _taking(desk: WorkerDeps, queue: Queue, clock: SystemClock) -> Callable[[Record, TimeLeft], None]:
    def take(record: Record, time_left: TimeLeft) -> None:
        conversation = parse_signal(record.body)
        logger().append_keys(conversation=conversation)
        try:
            turns = work(conversation, desk=desk, time_left=time_left)
        except Busy as busy:
            queue.put_back(record.receipt, seconds=_until(busy.until_ms, clock.now_ms()))
            raise
        except Exception:
            queue.put_back(record.receipt, seconds=_pause(record.attempt))
            raise
        logger().info("conversation", extra={"turns": turns})

    return take


def _engine(model: str, secret: str, tools: Tools, clock: SystemClock) -> ReplyEngine:
    return ReplyEngine(
        model=chat_model(model, secret_arn=secret),
        tools=tools,
        prices=price_book(),
        clock=clock,
        limits=Limits(),
        models=names_of(model)[Role.SMALL],
    )


def _listeners(url: str, connections: DynamoConnections, clock: SystemClock) -> Callable[[Turn], Listener]:
    """Words go to the page that asked for them, and what nobody asked for to every open page."""
    sockets = Sockets(make_client(url), connections.closed)

    def listen(turn: Turn) -> Listener:
        conversation = private_conversation(turn.person)
        if turn.stream:
            return PageListener(sockets, Socket(turn.stream, conversation, turn.address), turn.message_id)
        if CHANNELS[turn.address.channel].streams:
            return Bulletin(sockets, connections.open(conversation, now_ms=clock.now_ms()), turn.id)
        return NullListener()

    return listen


def _pause(attempt: int) -> int:
    """Seconds before a turn that failed is tried again: sooner than the queue would, later each time."""
    return min(300, 5 << (attempt - 1))


def _until(then_ms: int, now_ms: int) -> int:
    return max(1, math.ceil((then_ms - now_ms) / 1000) + 1)
