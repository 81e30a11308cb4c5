"""Templates with every reference replaced by a sample as long as AWS makes it, in a region of a long name.

Names that CloudFormation makes up are stack, logical id and twelve characters, cut to what is allowed:
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.stacks.assembly import Assembly, Resource

REGION, ACCOUNT = "ap-southeast-2", "111122223333"
PSEUDO: Mapping[str, object] = {
    "AWS::Region": REGION,
    "AWS::AccountId": ACCOUNT,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "BootstrapVersion": "21",
}
UUID = "01234567-89ab-cdef-0123-456789abcdef"
UNIQUE = "0A1B2C3D4E5F"
LONGEST = {
    "AWS::IAM::Role": 64,
    "AWS::Lambda::Function": 64,
    "AWS::S3::Bucket": 63,
    "AWS::Scheduler::ScheduleGroup": 64,
    "AWS::SQS::Queue": 80,
    "AWS::StepFunctions::StateMachine": 80,
}
HERE = f"{REGION}:{ACCOUNT}"
ARNS = {
    "AWS::Cognito::UserPool": f"arn:aws:cognito-idp:{HERE}:userpool/{{id}}",
    "AWS::DynamoDB::GlobalTable": f"arn:aws:dynamodb:{HERE}:table/{{name}}",
    "AWS::IAM::Role": f"arn:aws:iam::{ACCOUNT}:role/{{name}}",
    "AWS::KMS::Key": f"arn:aws:kms:{HERE}:key/{UUID}",
    "AWS::Lambda::Function": f"arn:aws:lambda:{HERE}:function:{{name}}",
    "AWS::Lambda::LayerVersion": f"arn:aws:lambda:{HERE}:layer:{{name}}:12",
    "AWS::Logs::LogGroup": f"arn:aws:logs:{HERE}:log-group:{{name}}:*",
    "AWS::S3::Bucket": "arn:aws:s3:::{name}",
    "AWS::SMSVOICE::ConfigurationSet": f"arn:aws:sms-voice:{HERE}:configuration-set/{{name}}",
    "AWS::SMSVOICE::PhoneNumber": f"arn:aws:sms-voice:{HERE}:phone-number/phone-{UUID.replace('-', '')}",
    "AWS::SMSVOICE::Pool": f"arn:aws:sms-voice:{HERE}:pool/pool-{UUID.replace('-', '')}",
    "AWS::SMSVOICE::ProtectConfiguration": (
        f"arn:aws:sms-voice:{HERE}:protect-configuration/protect-{UUID.replace('-', '')}"
    ),
    "AWS::SNS::Topic": f"arn:aws:sns:{HERE}:{{name}}",
    "AWS::SQS::Queue": f"arn:aws:sqs:{HERE}:{{name}}",
    "AWS::SecretsManager::Secret": f"arn:aws:secretsmanager:{HERE}:secret:{{name}}-AbCdEf",
    "AWS::Scheduler::ScheduleGroup": f"arn:aws:scheduler:{HERE}:schedule-group/{{name}}",
    "AWS::StepFunctions::StateMachine": f"arn:aws:states:{HERE}:stateMachine:{{name}}",
}
REFERS_BY_ARN = {
    *("AWS::Lambda::LayerVersion", "AWS::SNS::Topic", "AWS::SecretsManager::Secret"),
    "AWS::StepFunctions::StateMachine",
}
"""Their `Ref` is an ARN; everybody else's is a name or an id."""
REFERENCES = {
    "AWS::ApiGatewayV2::Api": "a1b2c3d4e5",
    "AWS::CloudFront::Distribution": "E1ABCDEFGHIJKL",
    "AWS::Cognito::UserPool": f"{REGION}_a1B2c3D4e",
    "AWS::Cognito::UserPoolClient": "0123456789abcdefghijklmnop",
    "AWS::SQS::Queue": f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{{name}}",
}
ATTRIBUTES = {
    "ApiEndpoint": f"https://a1b2c3d4e5.execute-api.{REGION}.amazonaws.com",
    "DomainName": "d0123456789abc.cloudfront.net",
    "PhoneNumber": "+12065550100",
    "ProtectConfigurationId": f"protect-{UUID.replace('-', '')}",
    "RegionalDomainName": f"{{name}}.s3.{REGION}.amazonaws.com",
}
REFERENCE_IN_TEXT = re.compile(r"\$\{([^}]+)\}")


def resolved(assembly: Assembly, resource: Resource) -> Any:  # noqa: ANN401 - properties are JSON
    """The resource's properties."""
    return _value(assembly, resource.stack, resource.properties)


def resolved_in(assembly: Assembly, stack: str, value: object) -> Any:  # noqa: ANN401 - a template is JSON
    return _value(assembly, stack, value)


def name_of(assembly: Assembly, stack: str, logical_id: str) -> str:
    """The physical name that CloudFormation would give it."""
    kind = assembly.templates[stack]["Resources"][logical_id]["Type"]
    longest = LONGEST.get(kind, 255)
    head = f"Switchboard-{assembly.stage}-{stack}-{logical_id}"[: longest - len(UNIQUE) - 1]
    name = f"{head}-{UNIQUE}"
    return name.lower() if kind == "AWS::S3::Bucket" else name


def _value(assembly: Assembly, stack: str, value: object) -> Any:  # noqa: ANN401 - a template is JSON
    if isinstance(value, list):
        return [_value(assembly, stack, each) for each in value]
    if not isinstance(value, dict):
        return value
    intrinsic = next(iter(value), "")
    if len(value) == 1 and intrinsic in INTRINSICS:
        return INTRINSICS[intrinsic](assembly, stack, value[intrinsic])
    return {key: _value(assembly, stack, each) for key, each in value.items()}


def _ref(assembly: Assembly, stack: str, name: str) -> object:
    if name in PSEUDO:
        return PSEUDO[name]
    if name == "AWS::StackName":
        return f"Switchboard-{assembly.stage}-{stack}"
    if name == "AWS::StackId":
        return f"arn:aws:cloudformation:{HERE}:stack/Switchboard-{assembly.stage}-{stack}/{UUID}"
    kind = assembly.templates[stack]["Resources"][name]["Type"]
    sample = ARNS[kind] if kind in REFERS_BY_ARN else REFERENCES.get(kind, "{name}")
    return sample.format(name=name_of(assembly, stack, name))


def _attribute(assembly: Assembly, stack: str, wanted: list[str]) -> str:
    name, attribute = wanted
    kind = assembly.templates[stack]["Resources"][name]["Type"]
    by_arn = attribute == "Arn" or kind == "AWS::SecretsManager::Secret"
    sample = ARNS[kind] if by_arn else ATTRIBUTES.get(attribute, "{name}")
    return sample.format(name=name_of(assembly, stack, name), id=REFERENCES["AWS::Cognito::UserPool"])


def _import(assembly: Assembly, stack: str, name: object) -> object:
    wanted = _value(assembly, stack, name)
    for owner, template in assembly.templates.items():
        for output in template.get("Outputs", {}).values():
            if output.get("Export", {}).get("Name") == wanted:
                return _value(assembly, owner, output["Value"])
    raise LookupError(wanted)


def _join(assembly: Assembly, stack: str, joined: list[Any]) -> str:
    separator, parts = joined
    return str(separator).join(str(each) for each in _value(assembly, stack, parts))


def _select(assembly: Assembly, stack: str, chosen: list[Any]) -> object:
    number, parts = chosen
    return _value(assembly, stack, parts)[int(number)]


def _split(assembly: Assembly, stack: str, cut: list[Any]) -> list[str]:
    separator, text = cut
    return str(_value(assembly, stack, text)).split(separator)


def _sub(assembly: Assembly, stack: str, text: str) -> str:
    return REFERENCE_IN_TEXT.sub(lambda found: str(_ref(assembly, stack, found[1])), text)


INTRINSICS: Mapping[str, Callable[[Assembly, str, Any], object]] = {
    "Ref": _ref,
    "Fn::GetAtt": _attribute,
    "Fn::ImportValue": _import,
    "Fn::Join": _join,
    "Fn::Select": _select,
    "Fn::Split": _split,
    "Fn::Sub": _sub,
}
