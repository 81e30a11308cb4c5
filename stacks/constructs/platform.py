"""What all functions of a stack share: the code, the layers, where alarms go, and the settings."""

from collections.abc import Sequence

from aws_cdk import AssetHashType
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from stacks.bundling import Bundle, code_bundle, layer_bundle
from stacks.constructs.alarm import alarm
from stacks.constructs.topic import Topic
from stacks.settings import Settings

RUNTIME = lambda_.Runtime.PYTHON_3_14
ARCHITECTURE = lambda_.Architecture.ARM_64


class Platform(Construct):
    """A layer comes into being with the first function that wants it."""

    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings, alarms: Topic) -> None:
        super().__init__(scope, construct_id)
        self.settings = settings
        self.code = _asset(code_bundle(settings.target))
        self._alarms = alarms
        self._layers: dict[str, lambda_.LayerVersion] = {}

    def layers(self, names: Sequence[str]) -> list[lambda_.ILayerVersion]:
        return [self._layer(name) for name in names]

    def alert(
        self, scope: Construct, construct_id: str, metric: cloudwatch.Metric, *, periods: int = 1
    ) -> None:
        alarm(scope, construct_id, metric, tells=self._alarms, periods=periods)

    def _layer(self, name: str) -> lambda_.LayerVersion:
        if name not in self._layers:
            self._layers[name] = lambda_.LayerVersion(
                self,
                name.capitalize(),
                code=_asset(layer_bundle(name, self.settings.target)),
                compatible_architectures=[ARCHITECTURE],
                compatible_runtimes=[RUNTIME],
            )
        return self._layers[name]


def _asset(bundle: Bundle) -> lambda_.AssetCode:
    return lambda_.Code.from_asset(
        str(bundle.path), asset_hash=bundle.digest, asset_hash_type=AssetHashType.CUSTOM
    )
