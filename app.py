"""Settings, stacks, synth."""

import aws_cdk as cdk

from stacks.app import build
from stacks.settings import settings_from

# The tests run cfn-lint, which says more than the built-in validation does, at no cost to each synth.
app = cdk.App(builtin_cloud_formation_validation=False)
build(app, settings_from(app.node.try_get_context))
app.synth()
