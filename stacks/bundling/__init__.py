"""What functions carry and browsers get, built without Docker: layers from wheels, our own code, the page."""

from stacks.bundling.code import code_bundle
from stacks.bundling.layers import LAYERS, layer_bundle
from stacks.bundling.site import site_bundle
from stacks.bundling.store import Bundle

__all__ = ["LAYERS", "Bundle", "code_bundle", "layer_bundle", "site_bundle"]
