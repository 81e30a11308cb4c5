"""The local AWS from the inside, as an operator sees it: functions, their roles, what the tables hold."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

from switchboard.adapters.dynamo.people.profiles import DynamoProfiles
from switchboard.adapters.dynamo.table.items import unpack
from switchboard.core.people.address import Address, PersonId

from local.cloud import CLIENT, LocalAws
from stacks.handlers import name_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_iam import IAMClient

Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Inside:
    """`functions` are configurations by handler file."""

    functions: Mapping[str, Item]
    dynamodb: "DynamoDBClient"
    iam: "IAMClient"

    def variable(self, function: str, name: str) -> str:
        return str(self.functions[function]["Environment"]["Variables"][name])

    def items(self, number: str) -> list[Item]:
        """Everything of the conversation with that phone, once there is one."""
        person = self.person(number)
        return self.items_of(person) if person else []

    def person(self, number: str) -> str:
        """Whoever is behind a phone; "" before its first text."""
        found = self.dynamodb.get_item(
            TableName=self.variable("sms.receive", "PEOPLE_TABLE"),
            Key={"pk": {"S": f"ADDRESS#sms#{number}"}, "sk": {"S": "PERSON"}},
        ).get("Item")
        return found["person"]["S"] if found else ""

    def page_of(self, person: str) -> Address:
        """The account by which a person signs in."""
        profiles = DynamoProfiles(self.dynamodb, self.variable("sms.receive", "PEOPLE_TABLE"), "")
        links = profiles.read(PersonId(person)).links
        return next(link.address for link in links if link.address.channel == "web")

    def items_of(self, person: str) -> list[Item]:
        """Everything of the private conversation with that person."""
        pages = self.dynamodb.get_paginator("query").paginate(
            TableName=self.variable("converse", "CONVERSATIONS_TABLE"),
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": f"CONV#private-{person}"}},
        )
        return [unpack(item) for page in pages for item in page["Items"]]

    def everything(self) -> list[Item]:
        """All that both tables hold."""
        tables = (self.variable("converse", name) for name in ("PEOPLE_TABLE", "CONVERSATIONS_TABLE"))
        scan = self.dynamodb.get_paginator("scan")
        pages = (page for table in tables for page in scan.paginate(TableName=table))
        return [unpack(item) for page in pages for item in page["Items"]]

    def expire_ticket(self, ticket: str) -> None:
        digest = sha256(ticket.encode()).hexdigest()
        self.dynamodb.update_item(
            TableName=self.variable("web.authorize", "PEOPLE_TABLE"),
            Key={"pk": {"S": f"TICKET#{digest}"}, "sk": {"S": "TICKET"}},
            UpdateExpression="SET expires = :past",
            ConditionExpression="attribute_exists(pk)",
            ExpressionAttributeValues={":past": {"N": "1"}},
        )

    @contextmanager
    def without_grant(self, function: str, action: str, resource: str) -> Iterator[None]:
        """The function's role may not do this on this one resource; afterwards it may again."""
        role = str(self.functions[function]["Role"]).rpartition("/")[2]
        changed: dict[str, Item] = {}
        for name in self.iam.list_role_policies(RoleName=role)["PolicyNames"]:
            answer = self.iam.get_role_policy(RoleName=role, PolicyName=name)
            document = cast("Item", answer["PolicyDocument"])
            left = (less(rule, action, resource) for rule in document["Statement"])
            rules = [rule for rule in left if rule["Resource"]]
            if rules != document["Statement"]:
                changed[name] = document
                self._put_policy(role, name, document | {"Statement": rules})
        assert changed, f"{function} was never allowed {action}"
        try:
            yield
        finally:
            for name, document in changed.items():
                self._put_policy(role, name, document)

    def _put_policy(self, role: str, name: str, document: Item) -> None:
        self.iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=json.dumps(document))


def inside_of(aws: LocalAws) -> Inside:
    made = aws.session()
    listed = made.client("lambda", endpoint_url=aws.url, config=CLIENT).list_functions()["Functions"]
    return Inside(
        functions={name_of(function["Handler"]): dict(function) for function in listed},
        dynamodb=made.client("dynamodb", endpoint_url=aws.url, config=CLIENT),
        iam=made.client("iam", endpoint_url=aws.url, config=CLIENT),
    )


def less(rule: Item, action: str, resource: str) -> Item:
    """The rule without that resource, if it is the one that allows the action."""
    if action not in listed(rule["Action"]) or resource not in listed(rule["Resource"]):
        return rule
    return rule | {"Resource": [other for other in listed(rule["Resource"]) if other != resource]}


def listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
