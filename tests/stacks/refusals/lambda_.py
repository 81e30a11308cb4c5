"""Lambda: sizes of functions and layers, and what an event source mapping must have together."""

import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from zipfile import ZipFile

from stacks.bundling import LAYERS, code_bundle, layer_bundle
from tests.stacks.assembly import Assembly, Resource
from tests.stacks.breaking import BreakAssembly, first, put
from tests.stacks.refusals.refusal import Refusal, out_of_range
from tests.stacks.resolving import resolved
from tests.stacks.rules import our_functions

QUOTAS = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"
MAPPINGS = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html"
INVOCATIONS = "https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html"
QUEUES = "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html"

FUNCTION = "AWS::Lambda::Function"
LAYER = "AWS::Lambda::LayerVersion"
MAPPING = "AWS::Lambda::EventSourceMapping"
INVOKE_CONFIG = "AWS::Lambda::EventInvokeConfig"
SIZES = {"Timeout": (1, 900), "MemorySize": (128, 10_240), "EphemeralStorage/Size": (512, 10_240)}
LARGEST_ENVIRONMENT = 4 * 1024
MOST_LAYERS = 5
LARGEST_UNZIPPED = 250 * 1024 * 1024
BATCHES = {
    "BatchSize": (1, 10_000),
    "MaximumBatchingWindowInSeconds": (0, 300),
    "ScalingConfig/MaximumConcurrency": (2, 1_000),
}
LARGEST_BATCH_WITHOUT_WINDOW = 10
OF_THE_LIBRARY = re.compile("AwsCliLayer")
RETRIES = {"MaximumRetryAttempts": (0, 2), "MaximumEventAgeInSeconds": (60, 21_600)}


def functions_keep_their_sizes(assembly: Assembly) -> Iterator[str]:
    for function in assembly.resources(FUNCTION):
        yield from out_of_range(function, SIZES)


def environments_are_small(assembly: Assembly) -> Iterator[str]:
    """Of all variables, names and values; references are taken as long as they can be."""
    for function in assembly.resources(FUNCTION):
        variables = resolved(assembly, function).get("Environment", {}).get("Variables", {})
        size = sum(len(f"{name}{value}".encode()) for name, value in variables.items())
        if size > LARGEST_ENVIRONMENT:
            yield f"{function} has an environment of {size} bytes"


def functions_have_few_layers(assembly: Assembly) -> Iterator[str]:
    for function in assembly.resources(FUNCTION):
        if len(function.properties.get("Layers", [])) > MOST_LAYERS:
            yield f"{function} has more than five layers"


def code_and_layers_fit(assembly: Assembly) -> Iterator[str]:
    """Unzipped, the function's own code and its layers together."""
    layers = {(each.stack, each.id): each for each in assembly.resources(LAYER)}
    for function in assembly.resources(FUNCTION):
        named = (assembly.named_in(function.stack, each) for each in function.properties.get("Layers", []))
        held = [function, *(layers[place] for places in named for place in places)]
        total = sum(_unzipped().get(_key(each), 0) for each in held)
        if total > LARGEST_UNZIPPED:
            yield f"{function} is {total} bytes unzipped"


@cache
def _unzipped() -> dict[str, int]:
    """By the key in the bucket of assets, which CDK makes of the digest."""
    bundles = (code_bundle("aws"), *(layer_bundle(name, "aws") for name in LAYERS))
    return {
        f"{sha256(bundle.digest.encode()).hexdigest()}.zip": _size(str(bundle.path)) for bundle in bundles
    }


def _size(archive: str) -> int:
    with ZipFile(archive) as packed:
        return sum(entry.file_size for entry in packed.infolist())


def _key(resource: Resource) -> str:
    held = resource.properties.get("Code") or resource.properties.get("Content", {})
    return str(held.get("S3Key"))


def all_our_bundles_are_measured(assembly: Assembly) -> Iterator[str]:
    """One whose archive is not known would count nothing; CDK's library brings some of its own."""
    for each in (*our_functions(assembly), *assembly.resources(LAYER)):
        if _key(each) not in _unzipped() and not OF_THE_LIBRARY.search(each.id):
            yield f"{each} is an archive that nobody has measured"


def mappings_take_possible_batches(assembly: Assembly) -> Iterator[str]:
    for mapping in assembly.resources(MAPPING):
        yield from out_of_range(mapping, BATCHES)
        window = mapping.properties.get("MaximumBatchingWindowInSeconds", 0)
        if mapping.properties.get("BatchSize", 10) > LARGEST_BATCH_WITHOUT_WINDOW and not window:
            yield f"{mapping} takes more than ten messages without waiting for them"


def queues_stay_invisible_as_long_as_functions_run(assembly: Assembly) -> Iterator[str]:
    known = {(each.stack, each.id): each for each in assembly.resources(FUNCTION, "AWS::SQS::Queue")}
    for mapping in assembly.resources(MAPPING):
        (queue,) = assembly.named_in(mapping.stack, mapping.properties["EventSourceArn"])
        (function,) = assembly.named_in(mapping.stack, mapping.properties["FunctionName"])
        visibility = known[queue].properties.get("VisibilityTimeout", 30)
        if visibility < known[function].properties.get("Timeout", 3):
            yield f"{mapping}: its queue's visibility timeout is less than its function's timeout"


def invocations_are_retried_as_often_as_can_be(assembly: Assembly) -> Iterator[str]:
    for config in assembly.resources(INVOKE_CONFIG):
        yield from out_of_range(config, RETRIES)


def _layered(times: int) -> BreakAssembly:
    layers = [{"Ref": "PlatformBase30ADA440"}] * times
    return first(FUNCTION, put("Properties", "Layers", to=layers), stack="Calls")


RULES = (
    Refusal(functions_keep_their_sizes, QUOTAS, first(FUNCTION, put("Properties", "Timeout", to=901))),
    Refusal(
        environments_are_small,
        QUOTAS,
        first(FUNCTION, put("Properties", "Environment", "Variables", "MUCH", to="x" * 4_000)),
    ),
    Refusal(functions_have_few_layers, QUOTAS, _layered(6)),
    Refusal(code_and_layers_fit, QUOTAS, _layered(100)),
    Refusal(
        all_our_bundles_are_measured,
        QUOTAS,
        first(LAYER, put("Properties", "Content", "S3Key", to="x.zip")),
    ),
    Refusal(mappings_take_possible_batches, MAPPINGS, first(MAPPING, put("Properties", "BatchSize", to=11))),
    Refusal(
        queues_stay_invisible_as_long_as_functions_run,
        QUEUES,
        first(FUNCTION, put("Properties", "Timeout", to=900), stack="Assistant"),
    ),
    Refusal(
        invocations_are_retried_as_often_as_can_be,
        INVOCATIONS,
        first(INVOKE_CONFIG, put("Properties", "MaximumRetryAttempts", to=3)),
    ),
)
