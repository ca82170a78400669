"""The country's provinces, their communes and former names, as the content files list them; no database."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.language import fold
from bot.places.naming import Finder, Named, bare

FOLDER = Path(__file__).parents[2] / "knowledge_base" / "content" / "places" / "provinces"
_QUICK: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class UnknownProvince(ValueError):
    """No province of that name; the message, in Vietnamese, says what there is."""


@dataclass(frozen=True, slots=True)
class FormerUnit:
    """A unit that went into a commune: “xã Bản Hon” of “huyện Tam Đường”; province where that changed too."""

    label: str
    district: str | None = None
    province: str | None = None


@dataclass(frozen=True, slots=True)
class CommuneEntry:
    """One commune of a province's file."""

    slug: str
    label: str
    formerly: tuple[FormerUnit, ...]


@dataclass(frozen=True, slots=True)
class ProvinceEntry:
    """A province's file."""

    slug: str
    label: str
    formerly: tuple[str, ...]
    communes: tuple[CommuneEntry, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A commune of any province, under today's name or a former one."""

    commune: str
    province: str
    formerly: FormerUnit | None = None


def province_file(slug: str, folder: Path = FOLDER) -> ProvinceEntry:
    """The province of that file name; ``FileNotFoundError``."""
    content = yaml.load((folder / f"{slug}.yml").read_text(encoding="utf-8"), _QUICK)  # noqa: S506
    communes = tuple(
        CommuneEntry(row["slug"], row["name"], tuple(map(former_unit, row["formerly"]))) for row in content["communes"]
    )
    return ProvinceEntry(slug, content["province"], tuple(content["formerly"]), communes)


def former_unit(written: str) -> FormerUnit:
    """From “xã Bản Hon, huyện Tam Đường, tỉnh X”; district and province may be missing."""
    label, district, province = [*written.split(", "), None, None][:3]
    return FormerUnit(label or written, district, province)


def province_named(said: str, folder: Path = FOLDER) -> ProvinceEntry:
    """The province called “Lai Châu”, “tỉnh Lai Châu” or “lai chau”; ``UnknownProvince``."""
    entries = {entry.label: entry for entry in _provinces(folder)}
    for found in Finder(Named(label, label) for label in entries).find(said):
        return entries[found.key]
    former = Finder(Named(label, name) for label, entry in entries.items() for name in entry.formerly)
    for found in former.find(said):
        raise UnknownProvince(f"{said} nay thuộc {found.key}: hãy dùng tên “{bare(found.key)}”")
    raise UnknownProvince(f"Không có tỉnh nào tên “{said}”. Có: {', '.join(map(bare, entries))}")


def communes_named(said: str, folder: Path = FOLDER) -> list[Elsewhere]:
    """Every commune in the country that the words name with its kind (“xã …”), today's and former names.

    A district or province said beside it narrows the list.
    """
    finder, units, provinces = _country(folder)
    found = {unit for named in finder.find(said) if named.with_kind for unit in units[named.key]}
    told = {named.key for named in provinces.find(said)}
    inside = [unit for unit in found if unit.province in told] if told else []
    near = [unit for unit in inside or found if _says_district(unit, said)]
    return sorted(near or inside or found, key=lambda unit: (unit.province, unit.commune, str(unit.formerly)))


def spans_named(said: str, folder: Path = FOLDER) -> list[tuple[int, int]]:
    """From which word to which the words name a commune with its kind, or a province."""
    finder, _, provinces = _country(folder)
    communes = [found for found in finder.find(said) if found.with_kind]
    return [(found.start, found.end) for found in (*communes, *provinces.find(said))]


def _says_district(unit: Elsewhere, said: str) -> bool:
    district = unit.formerly and unit.formerly.district
    return bool(district) and f" {fold(bare(district or ''))} " in f" {' '.join(fold(said).replace(',', ' ').split())} "


@lru_cache(maxsize=1)
def _provinces(folder: Path) -> tuple[ProvinceEntry, ...]:
    return tuple(province_file(path.stem, folder) for path in sorted(folder.glob("*.yml")))


@lru_cache(maxsize=1)
def _country(folder: Path) -> tuple[Finder[str], Mapping[str, list[Elsewhere]], Finder[str]]:
    """Some 13,000 names, read at the first question about a place that is not ours."""
    units: defaultdict[str, list[Elsewhere]] = defaultdict(list)
    for province in _provinces(folder):
        for commune in province.communes:
            units[commune.label].append(Elsewhere(commune.label, province.label))
            for former in commune.formerly:
                units[former.label].append(Elsewhere(commune.label, province.label, former))
    provinces = [Named(entry.label, name) for entry in _provinces(folder) for name in {entry.label, *entry.formerly}]
    return Finder(Named(label, label) for label in units), units, Finder(provinces)
