"""Recognising the place a resident names, and setting up a province."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.language import fold, nfc, syllables
from bot.places.directory import CommuneEntry, Elsewhere, ProvinceEntry, communes_named, spans_named
from bot.places.models import Commune, FormerPlace, Province, Village
from bot.places.naming import Finder, Found, Named, bare, kind_of

_SLIP = re.compile(r"\b(?:(?:a|oi|ay)\s+)?nham\b")
_TAKEN_BACK = re.compile(r"\bkhong phai\b.*?\b(?:ma|chu)\b")
_WORD = re.compile(r"\w+")
_COMMUNE_KIND = re.compile(r"\b(?:xa|phuong|thi tran|dac khu)$")
_AROUND_A_PLACE = re.compile(
    r"(?:(?:toi|em|minh|chau|tui|con|nha|que|dan|nguoi|o|tai|thuoc|la|a|nhe|nha|day|do|vang|da|bac|thi|va|cua)(?: |$))*"
    r"(?:(?:huyen|thi xa|thanh pho|tinh|quan|cu)(?: \w+){0,3})?(?: ?(?:a|nhe|day|cu|truoc day|truoc kia))*"
)
"""What is said around a place and adds nothing; districts are gone, so their names are in no list."""
LONGEST_PLACE_NAME = 14
"""Words: “tôi ở bản Pá Hốc Trên xã Nậm Lúa tỉnh Sơn Thủy ạ”."""
_TODAY = re.compile(r"\b(?:hien nay|hien tai|bay gio|sap nhap roi|xa moi|phuong moi)\b")


VILLAGE_KINDS = ("thôn", "bản", "tổ dân phố", "ấp", "xóm", "buôn", "làng", "khu phố", "khu", "phum", "sóc")


class OtherProvinceServed(ValueError):
    """This copy already serves another province; the message, in Vietnamese, names it."""


@dataclass(frozen=True)
class Place:
    """A recognised place: a commune, the village where one was named, the former unit where that was named."""

    commune: Commune
    village: Village | None
    formerly: FormerPlace | None = None

    @property
    def label(self) -> str:
        """“bản Pá Hốc, xã Nậm Lúa”."""
        return f"{self.village.label}, {self.commune.label}" if self.village else self.commune.label

    @property
    def choice(self) -> str:
        """The label as one of several to choose from: “xã Khun Há (trước là xã Bản Hon, huyện Tam Đường)”."""
        return f"{self.label} (trước là {self.formerly.full_label})" if self.formerly else self.label

    @property
    def change(self) -> str | None:
        """What became of the unit that was named: “Xã Bản Hon, huyện Tam Đường nay thuộc xã Khun Há.”"""
        if self.formerly is None:
            return None
        former = self.formerly.full_label
        return f"{former[0].upper()}{former[1:]} nay thuộc {self.commune.label}."


@dataclass(frozen=True)
class _Known:
    """All places of the province with the finders over their names; rows of no session, read only."""

    communes: dict[int, Commune]
    today: Finder[int]
    villages: Finder[int]
    formerly: Finder[str]
    village_of: dict[int, Village]
    former_of: dict[str, list[FormerPlace]]


_kept: dict[UUID, _Known] = {}
"""The places of the newest stamp seen by this process."""


async def communes(session: AsyncSession) -> Sequence[Commune]:
    """Every commune of the province, by name."""
    return (await session.scalars(select(Commune).order_by(Commune.folded))).all()


async def province(session: AsyncSession) -> Province | None:
    """The province this copy serves."""
    return await session.scalar(select(Province))


async def places_named(session: AsyncSession, said: str) -> list[Place]:
    """Every place of the province that the words name, villages before bare communes: none, one, or several to ask
    about. Where a commune bears a name that another unit once bore, both are meant unless a district is said."""
    known, meant = await _known(session), _meant(said)
    named = _communes_named(known, meant)
    villages = [known.village_of[found.key] for found in _villages_found(known, meant)]
    inside = [village for village in villages if not named or village.commune_id in named]
    if inside:
        return [Place(known.communes[v.commune_id], v, named.get(v.commune_id)) for v in inside]
    return [Place(known.communes[id_], None, former) for id_, former in named.items()]


async def places_elsewhere(session: AsyncSession, said: str) -> list[Elsewhere]:
    """Communes of other provinces that the words name with their kind; none where ours are named too."""
    served = await province(session)
    if await places_named(session, said):
        return []
    return [unit for unit in communes_named(_meant(said)) if served is None or unit.province != served.name]


async def names_only_place(session: AsyncSession, said: str) -> bool:
    """Whether the words do nothing else than name a place, of this province or another: “tôi ở xã Bản Hon, huyện Tam
    Đường ạ”."""
    words = _WORD.findall(fold(said))
    if not words or len(words) > LONGEST_PLACE_NAME:
        return False
    known = await _known(session)
    ours = [*known.today.find(said), *known.formerly.find(said), *_villages_found(known, said)]
    spans = [*((found.start, found.end) for found in ours), *spans_named(said)]
    covered = {position for start, end in spans for position in range(start, end)}
    rest = [word for position, word in enumerate(words) if position not in covered]
    return bool(spans) and (not rest or _AROUND_A_PLACE.fullmatch(" ".join(rest)) is not None)


async def add_province(session: AsyncSession, entry: ProvinceEntry) -> int:
    """Set up the province with its communes and their former names; how many communes are new. Safe to repeat.

    ``OtherProvinceServed`` where this copy serves another.
    """
    served = await province(session)
    if served and served.name != entry.label:
        raise OtherProvinceServed(f"Bản cài này đang phục vụ {served.name}, không thêm được {entry.label}")
    if served is None:
        session.add(Province(name=entry.label))
    held = set(await session.scalars(select(Commune.slug)))
    new = [commune for commune in entry.communes if commune.slug not in held]
    for commune in new:
        await add_commune(session, commune)
    await places_changed(session)
    return len(new)


async def add_commune(session: AsyncSession, entry: CommuneEntry) -> Commune:
    """One commune with its former names."""
    name = bare(entry.label)
    commune = Commune(slug=entry.slug, kind=kind_of(entry.label), name=name, folded=fold(name))
    session.add(commune)
    await session.flush()
    session.add_all(
        FormerPlace(commune_id=commune.id, label=unit.label, district=unit.district, province=unit.province)
        for unit in entry.formerly
    )
    return commune


async def add_village(session: AsyncSession, commune: Commune, label: str) -> Village:
    """A village of the commune, made if missing; ``ValueError`` for a label without “thôn”, “bản” or the like."""
    kind, name = kind_of(label), bare(label)
    if kind not in VILLAGE_KINDS or not name:
        raise ValueError(f"“{label}” phải bắt đầu bằng {', '.join(VILLAGE_KINDS)}, rồi đến tên")
    same = select(Village).where(Village.commune_id == commune.id, Village.kind == kind, Village.name == name)
    village = await session.scalar(same)
    if village is None:
        slug = await _village_slug(session, f"{commune.slug}-{'-'.join(syllables(name))}", kind)
        village = Village(commune_id=commune.id, slug=slug, kind=kind, name=name, folded=fold(name))
        session.add(village)
        await places_changed(session)
    return village


async def _village_slug(session: AsyncSession, wanted: str, kind: str) -> str:
    """Two villages of a commune may have names that fold alike, or differ by kind only."""
    taken = set(await session.scalars(select(Village.slug).where(Village.slug.startswith(wanted))))
    others = (f"{wanted}-{'-'.join(syllables(kind))}", *(f"{wanted}-{n}" for n in range(2, 100)))
    return next(slug for slug in (wanted, *others) if slug not in taken)


async def places_changed(session: AsyncSession) -> None:
    """To be called by whoever writes places: every process reads them anew."""
    served = await province(session)
    if served:
        served.stamp = uuid4()
    await session.flush()


async def _known(session: AsyncSession) -> _Known:
    stamp = await session.scalar(select(Province.stamp))
    if stamp is None:
        return _indexed([], [], [])
    if stamp not in _kept:
        known = _indexed(
            await _rows(session, Commune), await _rows(session, Village), await _rows(session, FormerPlace)
        )
        _kept.clear()
        _kept[stamp] = known
    return _kept[stamp]


async def _rows[Row: (Commune, Village, FormerPlace)](session: AsyncSession, model: type[Row]) -> list[Row]:
    """Copies that belong to no session."""
    rows = await session.execute(select(*model.__table__.columns).order_by(model.id))
    return [model(**row) for row in rows.mappings()]


def _indexed(communes: Iterable[Commune], villages: Iterable[Village], former: Iterable[FormerPlace]) -> _Known:
    by_label: dict[str, list[FormerPlace]] = {}
    for place in former:
        by_label.setdefault(place.label, []).append(place)
    communes, villages = list(communes), list(villages)
    return _Known(
        communes={commune.id: commune for commune in communes},
        today=Finder(Named(commune.id, commune.label) for commune in communes),
        villages=Finder(Named(village.id, village.label) for village in villages),
        formerly=Finder(Named(label, label) for label in by_label),
        village_of={village.id: village for village in villages},
        former_of=by_label,
    )


def _villages_found(known: _Known, said: str) -> list[Found[int]]:
    """The villages named; in “xã Bản Hon” no “bản Hon” is, it is the name of a commune."""
    words = _WORD.findall(fold(said))
    return [found for found in known.villages.find(said) if not _COMMUNE_KIND.search(" ".join(words[: found.start]))]


def _communes_named(known: _Known, said: str) -> dict[int, FormerPlace | None]:
    """Ids of the communes named, each with the former unit it was named by; None under today's name."""
    today: dict[int, FormerPlace | None] = {found.key: None for found in known.today.find(said)}
    words = _WORD.findall(fold(said))
    found = known.formerly.find(said)
    near = [p for one in found for p in known.former_of[one.key] if _in_district(p, words)]
    if near:
        return {p.commune_id: None if p.commune_id in today else p for p in near}
    if today and _TODAY.search(fold(said)):
        return today
    sure = [one for one in found if one.with_kind or one.end - one.start == len(words)]
    return {p.commune_id: p for one in sure for p in known.former_of[one.key]} | today


def _in_district(place: FormerPlace, words: Sequence[str]) -> bool:
    """Whether the district is said beside the unit's own name."""
    district = fold(bare(place.district or ""))
    said = " ".join(words).replace(fold(place.label), " ")
    return bool(district) and f" {district} " in f" {said} "


def _meant(said: str) -> str:
    """Without the place that was taken back: “không phải xã A mà xã B”, “xã A, à nhầm, xã B”."""
    text = nfc(said)
    slips = list(_SLIP.finditer(fold(text)))
    text = text[slips[-1].end() :] if slips else text
    back = _TAKEN_BACK.search(fold(text))
    return f"{text[: back.start()]} {text[back.end() :]}" if back else text
