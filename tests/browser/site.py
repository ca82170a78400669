"""The running copy that the browser visits."""

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Site:
    """Where it answers, and the folder with its sample accounts."""

    url: str
    data_dir: Path

    def account(self, role: str, commune: str = "") -> tuple[str, str]:
        """User and password of the first sample account of that role (and commune)."""
        with (self.data_dir / "sample-accounts.tsv").open(encoding="utf-8", newline="") as lines:
            for account in csv.DictReader(lines, delimiter="\t"):
                if account["role"] == role and commune in account["commune"]:
                    return account["user"], account["password"]
        raise LookupError(f"no sample account {role} {commune}")
