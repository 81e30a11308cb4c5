"""What AWS asks for what is there while nobody writes: US dollars, us-east-1, as of 2026-11-28.

Sources are where AWS publishes each price. Only the page of KMS could be read when this was written: compare
the others once, those of numbers above all, which are in a list to download.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

MILLION = 1_000_000
PRICING = "https://aws.amazon.com/{}/pricing/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """`dollars` for so many `units` a month; the account's first `free` are not billed."""

    what: str
    dollars: str
    units: int = 1
    free: int = 0
    source: str

    def of(self, amount: Decimal) -> Decimal:
        return amount * Decimal(self.dollars) / self.units

    def beyond_the_free(self, amount: Decimal) -> Decimal:
        return self.of(max(amount - self.free, Decimal(0)))


KEY = Price(what="customer keys", dollars="1.00", source=PRICING.format("kms"))
SECRET = Price(what="secrets", dollars="0.40", source=PRICING.format("secrets-manager"))
ALARM = Price(what="metrics in alarms", dollars="0.10", free=10, source=PRICING.format("cloudwatch"))
POLL = Price(
    what="requests to SQS", dollars="0.40", units=MILLION, free=MILLION, source=PRICING.format("sqs")
)
RUN = Price(
    what="runs of schedules",
    dollars="1.00",
    units=MILLION,
    free=14 * MILLION,
    source=PRICING.format("eventbridge"),
)
CALL = Price(
    what="calls of functions", dollars="0.20", units=MILLION, free=MILLION, source=PRICING.format("lambda")
)
GIGABYTE_SECOND = Price(
    what="GB-seconds of functions",
    dollars="13.3334",
    units=MILLION,
    free=400_000,
    source=PRICING.format("lambda"),
)
TRACE = Price(what="traces", dollars="5.00", units=MILLION, free=100_000, source=PRICING.format("xray"))
LOG = Price(what="MB of logs", dollars="0.50", units=1024, free=5 * 1024, source=PRICING.format("cloudwatch"))
READ = Price(what="reads of tables", dollars="0.125", units=MILLION, source=PRICING.format("dynamodb"))
KEY_USE = Price(
    what="requests to KMS", dollars="0.03", units=10_000, free=20_000, source=PRICING.format("kms")
)

_NUMBERS = PRICING.format("end-user-messaging")
NUMBERS: Mapping[str, Price] = {
    kind: Price(what="numbers", dollars=dollars, source=_NUMBERS)
    for kind, dollars in {
        "SIMULATOR": "1.00",
        "LONG_CODE": "1.00",
        "TEN_DLC": "1.00",
        "TOLL_FREE": "2.00",
    }.items()
}
PRICES = (KEY, SECRET, ALARM, POLL, RUN, CALL, GIGABYTE_SECOND, TRACE, LOG, READ, KEY_USE)

PRICED = frozenset(
    {
        "AWS::CloudWatch::Alarm",
        "AWS::KMS::Key",
        "AWS::Lambda::EventSourceMapping",
        "AWS::SMSVOICE::PhoneNumber",
        "AWS::Scheduler::Schedule",
        "AWS::SecretsManager::Secret",
    }
)
BY_USE = "billed by what is done or kept, and idle there is nothing"
NO_CHARGE = "no charge of its own"
AT_DEPLOYMENT = "runs when it is deployed, and then no more"
FREE: Mapping[str, tuple[str, str]] = {
    "AWS::ApiGateway::Account": (NO_CHARGE, PRICING.format("api-gateway")),
    **{
        f"AWS::ApiGatewayV2::{kind}": (BY_USE, PRICING.format("api-gateway"))
        for kind in ("Api", "Authorizer", "Integration", "Route", "Stage")
    },
    **{
        f"AWS::CloudFront::{kind}": (BY_USE, PRICING.format("cloudfront"))
        for kind in ("Distribution", "Function", "OriginAccessControl", "ResponseHeadersPolicy")
    },
    **{
        f"AWS::Cognito::{kind}": (BY_USE, PRICING.format("cognito"))
        for kind in ("UserPool", "UserPoolClient", "UserPoolGroup")
    },
    "AWS::DynamoDB::GlobalTable": (BY_USE, PRICING.format("dynamodb")),
    "AWS::IAM::Policy": (NO_CHARGE, "https://aws.amazon.com/iam/faqs/"),
    "AWS::IAM::Role": (NO_CHARGE, "https://aws.amazon.com/iam/faqs/"),
    **{
        f"AWS::Lambda::{kind}": (BY_USE, PRICING.format("lambda"))
        for kind in ("EventInvokeConfig", "Function", "LayerVersion", "Permission")
    },
    "AWS::Logs::LogGroup": (BY_USE, PRICING.format("cloudwatch")),
    "AWS::S3::Bucket": (BY_USE, PRICING.format("s3")),
    "AWS::S3::BucketPolicy": (NO_CHARGE, PRICING.format("s3")),
    **{
        f"AWS::SMSVOICE::{kind}": (NO_CHARGE, _NUMBERS)
        for kind in ("ConfigurationSet", "Pool", "ProtectConfiguration")
    },
    **{
        f"AWS::SNS::{kind}": (BY_USE, PRICING.format("sns"))
        for kind in ("Subscription", "Topic", "TopicPolicy")
    },
    "AWS::SQS::Queue": (BY_USE, PRICING.format("sqs")),
    "AWS::SQS::QueuePolicy": (NO_CHARGE, PRICING.format("sqs")),
    "AWS::Scheduler::ScheduleGroup": (NO_CHARGE, PRICING.format("eventbridge")),
    "AWS::StepFunctions::StateMachine": (BY_USE, PRICING.format("step-functions")),
    "Custom::CDKBucketDeployment": (AT_DEPLOYMENT, PRICING.format("lambda")),
    "Custom::S3AutoDeleteObjects": (AT_DEPLOYMENT, PRICING.format("lambda")),
}
"""Types of resources that cost nothing while nobody writes: why, and where it says so."""
