"""CloudFormation: what a failed deployment has made must go with it, or the next one finds it in its way."""

from collections.abc import Iterator

from tests.stacks.assembly import Assembly, Resource
from tests.stacks.breaking import first, put
from tests.stacks.refusals.refusal import Refusal

ATTRIBUTE = (
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html"
)
KEPT, KEPT_ALWAYS = "RetainExceptOnCreate", "Retain"
OF_THE_ACCOUNT = {
    "GatewayLogRole": "the account's setting goes on naming this role, for the gateways of other stages too",
    "GatewayAccount": "deleting it changes nothing: its handler only reads (the type's schema)",
}


def nothing_outlives_its_failed_creation(assembly: Assembly) -> Iterator[str]:
    for resource in assembly.resources():
        kept = resource.declaration.get("DeletionPolicy") == KEPT_ALWAYS
        if kept and not resource.id.startswith(tuple(OF_THE_ACCOUNT)):
            yield f"{resource} stays behind when the deployment that makes it fails"


def what_is_kept_is_kept_when_it_is_replaced(assembly: Assembly) -> Iterator[str]:
    for resource in assembly.resources():
        policies = _policies(resource)
        if KEPT in policies and policies != (KEPT, KEPT_ALWAYS):
            yield f"{resource} is kept when its stack goes, but not when it is replaced"


def _policies(resource: Resource) -> tuple[str | None, str | None]:
    declaration = resource.declaration
    return declaration.get("DeletionPolicy"), declaration.get("UpdateReplacePolicy")


TABLE = "AWS::DynamoDB::GlobalTable"
RULES = (
    Refusal(
        nothing_outlives_its_failed_creation, ATTRIBUTE, first(TABLE, put("DeletionPolicy", to=KEPT_ALWAYS))
    ),
    Refusal(
        what_is_kept_is_kept_when_it_is_replaced,
        ATTRIBUTE,
        first(TABLE, put("UpdateReplacePolicy", to="Delete")),
    ),
)
