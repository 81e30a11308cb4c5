"""Synthesizes with this environment's own node; cfn-lint stands in for the built-in validation."""

import os
import sys
from pathlib import Path

os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
os.environ["CDK_VALIDATION"] = "false"
