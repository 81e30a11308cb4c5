"""One secret holds what one secret can, and each role reads its own part (docs/decisions/0015)."""

from collections.abc import Iterator, Mapping
from typing import Any

from switchboard.core.secret_labels import SecretLabel

from tests.stacks.assembly import Assembly, Resource

READ = "secretsmanager:GetSecretValue"
OPERATOR = "ForAnyValue:StringEquals"
LABEL_OF_VARIABLE = {f"{label.name}_SECRET": label for label in SecretLabel}


def there_is_one_secret(assembly: Assembly) -> Iterator[str]:
    _, *others = assembly.resources("AWS::SecretsManager::Secret")
    for other in others:
        yield f"{other} costs 0.40 $ a month: one secret has room for twenty labels"


def a_role_reads_the_labels_that_its_function_is_told_of(assembly: Assembly) -> Iterator[str]:
    """In AWS only: the emulator does not know which label is asked for."""
    for function in assembly.resources("AWS::Lambda::Function"):
        (role,) = assembly.named_in(function.stack, function.properties["Role"])
        told = set(function.properties.get("Environment", {}).get("Variables", {})) & set(LABEL_OF_VARIABLE)
        read = {label for policy in _policies_of(assembly, role) for label in _labels_read(policy)}
        if read - {LABEL_OF_VARIABLE[variable] for variable in told}:
            yield f"{function} may read {sorted(read)} of the secret and is told of {sorted(told)}"


def _policies_of(assembly: Assembly, role: tuple[str, str]) -> Iterator[Resource]:
    for policy in assembly.resources("AWS::IAM::Policy"):
        if role in assembly.named_in(policy.stack, policy.properties["Roles"]):
            yield policy


def _labels_read(policy: Resource) -> Iterator[str]:
    for statement in policy.properties["PolicyDocument"]["Statement"]:
        if READ in statement["Action"]:
            yield _label_of(statement)


def _label_of(statement: Mapping[str, Any]) -> str:
    condition = statement.get("Condition", {}).get(OPERATOR, {})
    return str(condition.get("secretsmanager:VersionStage", "every label"))
