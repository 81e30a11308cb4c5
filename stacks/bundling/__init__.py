"""What functions carry, built without Docker: third-party layers from wheels, and our own code."""

from stacks.bundling.code import code_bundle
from stacks.bundling.layers import LAYERS, layer_bundle
from stacks.bundling.store import Bundle

__all__ = ["LAYERS", "Bundle", "code_bundle", "layer_bundle"]
