"""How every AWS client of ours behaves: it fails fast enough for its caller to do something."""

from botocore.config import Config

QUICK = Config(connect_timeout=3, read_timeout=8, retries={"mode": "standard", "total_max_attempts": 3})
