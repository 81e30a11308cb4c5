"""checkov over both stages, from an environment of its own: `make audit`.

It takes too long for `make test`. What it finds is answered where it stands (`also` of Reviewed), or here if
that holds for every resource of a kind.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from local.install import ROOT, environment
from tests.stacks.variants import WHOLE, assembled

HOME = ROOT / ".local" / "audit"
PINS = ROOT / "local" / "audit.txt"
SCAN = ("--framework", "cloudformation", "--compact", "--quiet", "--skip-download", "--output", "json")

Report = Mapping[str, Any]

ANSWERED: Mapping[str, str] = {
    "CKV_AWS_27": "It looks for a key of KMS only; every queue is encrypted, by SQS itself.",
    "CKV_AWS_115": (
        "A limit of its own takes concurrency from every other function of the account. How many run at once "
        "is said where the work comes from: by mappings and by the gateways' throttles."
    ),
    "CKV_AWS_116": (
        "What fails is kept by whoever called: queues and schedules have dead letters, behind a gateway the "
        "caller waits, and CDK's own functions fail with the deployment."
    ),
    "CKV_AWS_117": (
        "Functions reach AWS's endpoints and the model's, all by TLS, and nothing of a private network; "
        "a NAT gateway would cost more than all the rest."
    ),
    "CKV_AWS_149": "Encrypted by Secrets Manager; few roles read it, with a key of ours or without.",
    "CKV_AWS_158": "Encrypted by CloudWatch; logs hold no text, number or secret (docs/security.md).",
    "CKV_AWS_173": "Encrypted by Lambda; no environment holds a secret, which tests/stacks/rules.py checks.",
}
"""By check: why it is none, of every resource that it looks at."""


def main() -> None:
    environment(HOME, PINS)
    with TemporaryDirectory() as folder:
        _write(Path(folder))
        found = list(objections(_scanned(Path(folder))))
    print("\n".join(found) or "checkov finds nothing that is not answered")
    sys.exit(1 if found else 0)


def objections(report: Report) -> Iterator[str]:
    """What is not answered, what could not be read, and answers to nothing."""
    failed = report["results"]["failed_checks"]
    for each in failed:
        if each["check_id"] not in ANSWERED:
            yield f"{each['file_path']} {each['resource']}: {each['check_id']} {each['check_name']}"
    for stale in sorted(set(ANSWERED) - {each["check_id"] for each in failed}):
        yield f"{stale} is answered and no longer found"
    if report["summary"]["parsing_errors"] or not report["summary"]["resource_count"]:
        yield f"not everything was read: {report['summary']}"


def _write(folder: Path) -> None:
    for stage in WHOLE:
        for stack, template in assembled(stage).templates.items():
            (folder / f"{stage}-{stack}.template.json").write_text(json.dumps(template))


def _scanned(folder: Path) -> Report:
    command = [str(HOME / "bin" / "checkov"), "--directory", str(folder), *SCAN]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own tools
    report: Report = json.loads(ran.stdout)
    return report


if __name__ == "__main__":
    main()
