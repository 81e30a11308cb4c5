"""The analysis, on small modules: what a handler reaches is found, and what it does not is not."""

from textwrap import dedent

import pytest

from tests.stacks.grants.boto import Undecidable
from tests.stacks.grants.reach import reach
from tests.stacks.grants.source import parse
from tests.stacks.grants.state import Call

STORE = """
    from dataclasses import dataclass
    from typing import TYPE_CHECKING, Protocol

    if TYPE_CHECKING:
        from mypy_boto3_dynamodb import DynamoDBClient

    class Book(Protocol):
        def find(self, key: str) -> str: ...

    @dataclass(frozen=True)
    class Table:
        client: "DynamoDBClient"
        table: str

        def find(self, key: str) -> str:
            return str(self.client.get_item(TableName=self.table, Key={"pk": {"S": key}}))

        def keep(self, key: str) -> None:
            self.client.put_item(TableName=self.table, Item={"pk": {"S": key}})

    class Nowhere:
        def find(self, key: str) -> str:
            return ""
"""
LOADING = """
    def load(kind):
        return kind()
"""
CONFIG = """
    import boto3
    from dataclasses import asdict, dataclass
    from store import Book, Nowhere, Table
    from switchboard.platform.config import load

    @dataclass(frozen=True)
    class Config:
        people: str
        calls: str
        mode: str
"""


def found(handler: str, *, store: str = STORE, **settings: str) -> set[str]:
    texts = {
        "switchboard": "",
        "switchboard.runtime": "",
        "switchboard.platform.config": LOADING,
        "store": store,
        "main": CONFIG + handler,
    }
    reached = reach(parse({name: dedent(text) for name, text in texts.items()}), "main", settings)
    return {_shown(call) for call in reached.calls}


def _shown(call: Call) -> str:
    """The method, its index, and what it is called on: `query/index setting.path`."""
    on = ",".join(sorted(".".join(map(str, (text.setting, *text.path))) for text in call.on))
    return f"{call.method}{'/' * bool(call.index)}{call.index} {on}".strip()


def test_a_method_is_reached_only_when_it_is_called() -> None:
    assert found("""
    def handler(event, context):
        return Table(boto3.client("dynamodb"), load(Config).people).find("a")
    """) == {"get_item people"}


def test_nothing_is_reached_that_the_handler_does_not_lead_to() -> None:
    assert (
        found("""
    def other():
        Table(boto3.client("dynamodb"), load(Config).people).keep("a")

    def handler(event, context):
        return None
    """)
        == set()
    )


def test_behind_a_protocol_stands_what_was_given_for_it() -> None:
    asks = """
    def ask(book: Book) -> str:
        return book.find("a")
    """
    assert (
        found(f"""{asks}
    def handler(event, context):
        Table(boto3.client("dynamodb"), load(Config).people)
        return ask(Nowhere())
    """)
        == set()
    )
    assert found(f"""{asks}
    def handler(event, context):
        return ask(Table(boto3.client("dynamodb"), load(Config).people))
    """) == {"get_item people"}


def test_two_objects_of_a_class_are_told_apart_by_their_tables() -> None:
    assert found("""
    def made(name: str) -> Table:
        return Table(boto3.client("dynamodb"), name)

    def handler(event, context):
        config = load(Config)
        made(config.people).find("a")
        made(config.calls).keep("a")
    """) == {"get_item people", "put_item calls"}


def test_settings_are_followed_as_keywords() -> None:
    assert found("""
    def wired(*, people: str, **others: str):
        return Table(boto3.client("dynamodb"), people)

    def handler(event, context):
        given = asdict(load(Config))
        given.pop("mode")
        return wired(**given).find("a")
    """) == {"get_item people"}


def test_functions_are_followed_as_values() -> None:
    assert found("""
    from functools import cache, partial

    @cache
    def table():
        return Table(boto3.client("dynamodb"), load(Config).people)

    def keep(at: Table, key: str) -> None:
        at.keep(key)

    def handler(event, context):
        kinds = {"keep": partial(keep, table()), "find": lambda key: table().find(key)}
        kinds[event["kind"]](event["key"])
    """) == {"put_item people", "get_item people"}


def test_a_function_handed_to_a_stranger_may_be_called() -> None:
    assert found("""
    import framework

    app = framework.App()

    @app.route("/")
    def find(book: Book):
        return book.find("a")

    def handler(event, context):
        app.state.book = Table(boto3.client("dynamodb"), load(Config).people)
        return app(event)
    """) == {"get_item people"}


def test_a_transaction_asks_for_what_is_in_it_table_by_table() -> None:
    assert found("""
    def put(table: str, item):
        return {"Put": {"TableName": table, "Item": item}}

    def handler(event, context):
        config, client = load(Config), boto3.client("dynamodb")
        writes = [put(config.people, {}), {"ConditionCheck": {"TableName": config.calls}}]
        if event:
            writes.append({"Delete": {"TableName": config.calls}})
        client.transact_write_items(TransactItems=writes)
    """) == {"put_item people", "condition_check_item calls", "delete_item calls"}


def test_batches_name_their_tables_as_keys() -> None:
    assert found("""
    def handler(event, context):
        boto3.client("dynamodb").batch_write_item(RequestItems={load(Config).people: []})
    """) == {"batch_write_item people"}


def test_pages_indexes_and_presigned_links_are_calls() -> None:
    assert found("""
    def handler(event, context):
        config = load(Config)
        boto3.client("dynamodb").get_paginator("query").paginate(TableName=config.people, IndexName="old")
        s3 = boto3.client("s3")
        wanted = {"Bucket": config.calls, "Key": "a"}
        s3.generate_presigned_post(config.calls, "a")
        return s3.generate_presigned_url("get_object", Params=wanted)
    """) == {"query/old people", "get_object calls", "put_object calls"}


def test_a_setting_in_json_is_followed_by_its_path() -> None:
    assert found("""
    import json

    def handler(event, context):
        kept = json.loads(load(Config).people)
        Table(boto3.client("dynamodb"), kept["tasks"]).find("a")
        for name, (url, source) in json.loads(load(Config).calls).items():
            boto3.client("sqs").send_message(QueueUrl=source, MessageBody=name)
    """) == {"get_item people.tasks", "send_message calls.*.1"}


@pytest.mark.parametrize(("mode", "calls"), [("amazon", {"get_item people"}), ("other", {"put_item people"})])
def test_where_the_environment_says_which_way_only_that_is_gone(mode: str, calls: set[str]) -> None:
    assert (
        found(
            """
    import json

    def handler(event, context):
        config = load(Config)
        table = Table(boto3.client("dynamodb"), config.people)
        if json.loads(config.mode)["kind"] == "amazon":
            return table.find("a")
        return table.keep("a")
    """,
            mode=f'{{"kind": "{mode}"}}',
        )
        == calls
    )


def test_what_is_not_given_is_not_there() -> None:
    assert (
        found("""
    @dataclass
    class Places:
        calls: str
        people: str = ""

    def handler(event, context):
        places = Places(load(Config).calls)
        return Table(boto3.client("dynamodb"), places.people).find("a") if places.people else None
    """)
        == set()
    )


def test_lazy_imports_and_modules_by_name_are_followed() -> None:
    assert found("""
    from importlib import import_module

    def handler(event, context):
        from store import Table as Later
        later = import_module(f"sto{event}")
        Later(boto3.client("dynamodb"), load(Config).people).find("a")
        later.Table(boto3.client("dynamodb"), load(Config).calls).keep("a")
        import_module({"a": "store"}[event]).Table(boto3.client("dynamodb"), load(Config).mode).find("a")
    """) == {"get_item people", "put_item calls", "get_item mode"}


def test_a_client_that_is_only_annotated_is_a_client() -> None:
    assert found(
        """
    from typing import cast

    class Later:
        def __getattr__(self, name):
            return None

    def handler(event, context):
        return Table(cast("DynamoDBClient", Later()), load(Config).people).find("a")
    """.replace("    from typing", "    from mypy_boto3_dynamodb import DynamoDBClient\n    from typing")
    ) == {"get_item people"}


@pytest.mark.parametrize(
    "call",
    [
        'boto3.client(event["service"])',
        'boto3.client("s3").get_paginator(event["operation"])',
        'boto3.client("s3").upload_file("a", "b", "c")',
        'getattr(boto3.client("s3"), event["operation"])()',
    ],
)
def test_what_cannot_be_decided_is_refused(call: str) -> None:
    with pytest.raises(Undecidable):
        found(f"""
    def handler(event, context):
        return {call}
    """)
