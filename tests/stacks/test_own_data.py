"""Whatever is deployed that can hold a person's data is in the inventory of what they can get and erase."""

import copy
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from aws_cdk.assertions import Match, Template
from switchboard.core.stored_data.inventory import CONVERSATIONS, PEOPLE, TRANSIENT
from switchboard.core.stored_data.inventory import PLACES as OF_THE_CORE
from switchboard.skills import SKILLS

from tests.stacks.assembly import STAGES, Assembly, assembly

PLACES = {**OF_THE_CORE, **{name: place for spec in SKILLS.values() for name, place in spec.places.items()}}
KEEPS = re.compile(
    r"AWS::(DynamoDB::|S3::Bucket$|S3Tables::|S3Vectors::|Cognito::(UserPool|IdentityPool)$|RDS::|DocDB::|EFS::"
    r"|Kinesis|OpenSearch|Timestream::|ElastiCache::|MemoryDB::|Neptune|QLDB::|Cassandra::|SimpleDB::|SES::"
    r"|Scheduler::ScheduleGroup$|SQS::Queue$|SNS::Topic$|Logs::LogGroup$|Events::Archive$|SecretsManager::Secret$)"
)
NO_DATA_OF_PEOPLE = {"AWS::SecretsManager::Secret": "keys of ours"}


def place(stack: str, logical_id: str) -> str:
    """How the inventory calls a resource: its stack and its id, without the digest."""
    return f"{stack}/{logical_id[:-8]}"


def not_covered(of: Assembly) -> Iterator[str]:
    for resource in of.resources():
        if not KEEPS.match(resource.type) or resource.type in {*TRANSIENT, *NO_DATA_OF_PEOPLE}:
            continue
        if place(resource.stack, resource.id) not in PLACES:
            yield f"{resource} ({resource.type})"


@pytest.mark.parametrize("stage", STAGES)
def test_every_table_bucket_and_pool_is_in_the_inventory(stage: str) -> None:
    assert list(not_covered(assembly(stage))) == []


def test_everything_in_the_inventory_is_deployed() -> None:
    deployed = {place(each.stack, each.id) for each in assembly("prod").resources()}
    assert PLACES.keys() <= deployed
    assert {f"Foundation/{name}" for name in (PEOPLE, CONVERSATIONS)} <= PLACES.keys()


@pytest.mark.parametrize(
    "kind",
    ["AWS::DynamoDB::GlobalTable", "AWS::S3::Bucket", "AWS::Cognito::UserPool", "AWS::RDS::DBInstance"],
)
def test_a_store_that_nobody_wrote_down_is_noticed(kind: str) -> None:
    of = assembly("dev")
    templates = copy.deepcopy(dict(of.templates))
    templates["Site"]["Resources"]["Diaries0123ABCD"] = {"Type": kind}
    assert list(not_covered(replace(of, templates=templates))) == [f"Site/Diaries0123ABCD ({kind})"]


def test_every_place_says_how_it_is_exported_and_erased_or_why_not() -> None:
    assert all((each.exported and each.erased) or each.why for each in PLACES.values())


@pytest.mark.parametrize("stage", STAGES)
def test_exports_are_deleted_after_a_day_and_never_kept_in_old_versions(stage: str) -> None:
    template = Template.from_json(dict(assembly(stage).templates["Errands"]))
    template.has_resource_properties(
        "AWS::S3::Bucket",
        {
            "LifecycleConfiguration": {"Rules": [Match.object_like({"ExpirationInDays": 1})]},
            "VersioningConfiguration": Match.absent(),
        },
    )


@pytest.mark.parametrize("stage", ["dev", "prod"])
def test_exports_take_only_tls(stage: str) -> None:
    template = Template.from_json(dict(assembly(stage).templates["Errands"]))
    denied = {"Effect": "Deny", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
    template.has_resource_properties(
        "AWS::S3::BucketPolicy",
        {"PolicyDocument": {"Statement": Match.array_with([Match.object_like(denied)])}},
    )


def test_an_export_is_fetched_without_signing_in_and_by_nothing_else() -> None:
    template = Template.from_json(dict(assembly("prod").templates["Assistant"]))
    template.has_resource_properties(
        "AWS::ApiGatewayV2::Route", {"RouteKey": "GET /downloads/{token}", "AuthorizationType": "NONE"}
    )
