"""Files by keys nobody can guess."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.media.storage import Files, NoRoom

SOON = datetime.now(UTC) + timedelta(days=1)


def test_what_is_put_is_found_by_its_key_only(tmp_path: Path) -> None:
    files = Files(tmp_path)
    first, second = files.put(b"one"), files.put(b"one")
    assert (files.open(first), first == second, len(first)) == (b"one", False, 64)
    files.delete(first)
    files.delete(first)  # once more is no trouble
    with pytest.raises(FileNotFoundError):
        files.open(first)
    assert list(files.older_than(SOON)) == [second]


def test_only_this_account_reads_it(tmp_path: Path) -> None:
    Files(tmp_path).put(b"one")
    (path,) = [p for p in (tmp_path / "media").rglob("*") if p.is_file()]
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("key", ["", "../../keys/server.key", "a" * 63, "/" * 64, "." * 64, "a/" * 32])
def test_no_key_leads_elsewhere(tmp_path: Path, key: str) -> None:
    with pytest.raises(FileNotFoundError):
        Files(tmp_path).open(key)


def test_a_half_written_file_is_no_file_and_goes(tmp_path: Path) -> None:
    files = Files(tmp_path)
    key = files.put(b"one")
    half = tmp_path / "media" / key[:2] / f"{'b' * 64}.part"
    half.write_bytes(b"ha")
    assert list(files.older_than(SOON)) == [key]
    assert not half.exists()


def test_a_full_disk_takes_nothing_more(tmp_path: Path) -> None:
    with pytest.raises(NoRoom):
        Files(tmp_path, least_free=2**60).put(b"one")
