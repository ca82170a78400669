"""Taking down a report: what each answer fills in, what is still missing, how to go back. Knows no dialogue engine."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import field_guess, fields, visibility
from bot.language import clean, fold, syllables
from bot.places.service import Place, places_elsewhere, places_named, province
from bot.places.wording import told_elsewhere

ORDER = ("place", "description", "subject", "visibility", "agreement")
Blanks = dict[str, Any]
"""Names and values to fill in; empty means: this was no answer to what was asked. ``remark`` is said, not filled in."""

ALWAYS_HEARD = frozenset(
    "cancel change_answer emergency file_complaint file_denunciation doubt_denunciation deny_denunciation "
    "talk_to_human not_helpful my_data".split()
)
"""What a resident may say at any moment instead of answering."""

_ANNOUNCING = frozenset(
    "toi em chau minh tui bac con ba dan xin cho duoc muon can nho gui lam viec bao cao phan anh kien nghi y gop ve "
    "mot so noi dung vu nay voi len xa ubnd chinh quyen the giup a nhe oi chao co van de su viec tinh trang thu".split()
)
_QUESTION = ("khong", "chua", "gi", "nao", "sao", "dau", "may", "bao nhieu", "bao lau", "khi nao", "ai")
_SEND = ("dong y", "gui", "gui di", "dong y gui", "ok gui", "gui luon", "gui nhe", "gui giup toi", "cu gui di")
_UNKNOWN_PLACE = ("khong biet", "khong ro", "khong nho", "chiu")
_PLACE_NOT_KNOWN = "Tôi chưa nhận ra nơi bác nói. Bác cho tôi tên bản (thôn) và tên xã, ví dụ “bản …, xã …”."
_PLACE_SEVERAL = "Có nhiều nơi trùng tên: {names}. Bác nói rõ giúp tôi là xã nào."
_TOO_SHORT = "Bác kể rõ hơn một chút giúp tôi: việc gì, xảy ra thế nào."
_NOTED = "Tôi đã ghi thêm lời bác vừa nhắn."
_WHAT_TO_CHANGE = (
    "Bác muốn sửa chỗ nào? Bác bấm nút “Sửa…”, hoặc nhắn “sửa nơi xảy ra”, “sửa nội dung”. "
    "Không gửi nữa thì nhắn “thôi”."
)
_BACK = ("quay lai", "tro lai", "cau truoc", "lui")
BESIDE = (
    "place_label",
    "place_hint",
    "place_tries",
    "commune_id",
    "village_id",
    "subject_label",
    "visibility_label",
    "alike_told",
    "case_kind",
)
"""What is noted beside the answers."""
SHORT = 6
"""Syllables of an answer that says one thing."""
LONGEST_PLACE = 8
"""Syllables of a place that nobody knows; what is longer tells more of the matter."""


async def begin(session: AsyncSession, said: str) -> Blanks:
    """What the first words already tell, so that only the rest is asked."""
    blanks: Blanks = dict.fromkeys((*ORDER, *BESIDE))
    if tells_something(said):
        blanks |= {"description": clean(said)} | _subject(field_guess.guess(said))
    blanks |= _level(visibility.named(said, fold))
    named = await places_named(session, said)
    return blanks | (_placed(named[0]) if len(named) == 1 else _several(named, said) if named else {})


async def answer(
    session: AsyncSession, asked: str | None, said: str, intent: str, entities: Mapping[str, Any], blanks: Blanks
) -> Blanks:
    """What the resident's words fill in when ``asked`` was asked; empty when they said something else."""
    level = visibility.named(said, fold) if len(syllables(said)) <= SHORT else None
    if asked is not None and asked != "visibility" and level:
        return _level(level)
    if asked is None or (
        intent in ALWAYS_HEARD and not (asked == "visibility" and names_level(said)) and not _sends(asked, said)
    ):
        return {}
    if asked == "place":
        found = await _place(session, said, str(entities.get("place") or said), intent, blanks)
    elif refined := await _refined_place(session, said, blanks):
        found = refined
    else:
        found = _READERS[asked](said, intent, entities)
    if not found and intent == "send_feedback" and asked != "description" and tells_something(said):
        field = None if blanks.get("subject") else field_guess.guess(said)
        found = {"description": _joined(blanks.get("description"), said), "remark": _NOTED} | _subject(field)
    return {asked: None, **found} if "remark" in found else found


async def change(session: AsyncSession, asked: str | None, said: str, blanks: Blanks) -> Blanks:
    """Take over what a correction already says; otherwise empty the answer it names, else the one before."""
    named = next((blank for blank, words in _NAMES if any(word in fold(said) for word in words)), None)
    places = await places_named(session, said) if named in (None, "place") else []
    corrected = _placed(places[0]) if len(places) == 1 else {}
    if named is None and len(syllables(said)) >= LONGEST_PLACE:
        corrected |= {"description": _joined(blanks.get("description"), said), "remark": _NOTED}
    if corrected:
        return {"agreement": None, **corrected}
    if named is None and asked == "agreement" and not any(word in fold(said) for word in _BACK):
        return {"agreement": None, "remark": _WHAT_TO_CHANGE}
    return step_back(asked, named)


def step_back(asked: str | None, named: str | None) -> Blanks:
    """Empty the named answer, else the one before what is asked."""
    position = ORDER.index(asked) if asked in ORDER else len(ORDER)
    blank = named or ORDER[max(position - 1, 0)]
    emptied: Blanks = {blank: None, "agreement": None, "alike_told": None}
    return emptied | (
        dict.fromkeys(("place_tries", "place_hint", "commune_id", "village_id")) if blank == "place" else {}
    )


def tells_something(said: str) -> bool:
    """Whether the words tell of something beyond announcing that one wants to report."""
    return sum(word not in _ANNOUNCING for word in syllables(said)) >= 3


async def _place(session: AsyncSession, said: str, place: str, intent: str, blanks: Blanks) -> Blanks:
    hint = blanks.get("place_hint")
    named = (await places_named(session, f"{hint} {place}") if hint else []) or await places_named(session, place)
    if len(named) == 1:
        return _placed(named[0])
    if named:
        return {"place": None} | _several(named, place)
    if "?" not in said and len(syllables(said)) <= 8 and any(phrase in fold(said) for phrase in _UNKNOWN_PLACE):
        return _unplaced(said)
    if is_question(said, intent) or intent in ("affirm", "deny", "greet", "thanks", "bye", "menu", "track_case"):
        return {}
    if intent == "send_feedback" and len(syllables(said)) > LONGEST_PLACE:
        return {}
    tries = int(blanks.get("place_tries") or 0) + 1
    if tries >= 2:
        return _unplaced(place)
    return {"place": None, "place_tries": tries, "remark": await _not_ours(session, place) or _PLACE_NOT_KNOWN}


async def _not_ours(session: AsyncSession, place: str) -> str | None:
    """Which province the place belongs to, where it is not this one."""
    units, served = await places_elsewhere(session, place), await province(session)
    return told_elsewhere(units, served.name) if units and served else None


async def _refined_place(session: AsyncSession, said: str, blanks: Blanks) -> Blanks:
    """A village of the commune already named, said a little later."""
    if blanks.get("village_id") or blanks.get("commune_id") is None or len(syllables(said)) > SHORT:
        return {}
    near = [p for p in await places_named(session, said) if p.village and p.commune.id == int(blanks["commune_id"])]
    return _placed(near[0]) if len(near) == 1 else {}


def _several(named: list[Place], said: str) -> Blanks:
    """A name that exists more than once: kept, and asked about."""
    return {"place_hint": said, "remark": _PLACE_SEVERAL.format(names="; ".join(p.choice for p in named[:4]))}


def _unplaced(said: str) -> Blanks:
    """A place in the resident's own words, which belongs to no commune of ours."""
    return {"place": clean(said), "place_label": clean(said), "commune_id": None, "village_id": None}


def _placed(place: Place) -> Blanks:
    village = place.village.id if place.village else None
    placed = {"place": place.label, "place_label": place.label, "commune_id": place.commune.id, "village_id": village}
    return placed | ({"remark": place.change} if place.change else {})


def _description(said: str, intent: str, entities: Mapping[str, Any]) -> Blanks:
    if is_question(said, intent):
        return {}
    if len(syllables(said)) < 3:
        return {} if intent in ("affirm", "deny", "greet", "thanks", "bye", "menu") else {"remark": _TOO_SHORT}
    return {"description": clean(said)} | _subject(field_guess.guess(said))


def _asked_subject(said: str, intent: str, entities: Mapping[str, Any]) -> Blanks:
    known = entities.get("subject")
    if is_question(said, intent) or (known is None and intent in ("affirm", "deny", "greet", "thanks", "bye", "menu")):
        return {}
    return _subject(known if known in fields.FIELDS else fields.read(said, fold) or "other")


def _subject(field: str | None) -> Blanks:
    return {"subject": field, "subject_label": fields.FIELDS[field]} if field else {}


def _visibility(said: str, intent: str, entities: Mapping[str, Any]) -> Blanks:
    level = entities.get("visibility") or visibility.read(said, fold)
    names_only_that = "?" not in said and names_level(said)
    if level not in visibility.LEVELS or (is_question(said, intent) and not names_only_that):
        return {}
    return _level(level)


def _level(level: str | None) -> Blanks:
    return {"visibility": level, "visibility_label": visibility.LEVELS[level]} if level else {}


def _agreement(said: str, intent: str, entities: Mapping[str, Any]) -> Blanks:
    if intent == "affirm" or _sends("agreement", said):
        return {"agreement": True}
    return {"remark": _WHAT_TO_CHANGE} if intent == "deny" or fold(said).startswith("khong") else {}


def names_level(said: str) -> bool:
    """Whether words in answer to who may know name a level: “chỉ cán bộ” is then no wish to talk to one."""
    return len(syllables(said)) <= SHORT and visibility.read(said, fold) is not None


def _sends(asked: str, said: str) -> bool:
    """“Gửi” in answer to the summary agrees to it, near as it is to “thôi không gửi”."""
    return asked == "agreement" and fold(said).strip(" .!") in _SEND


def is_question(said: str, intent: str) -> bool:
    """Whether words said in the middle of something ask something else: understood as a question, and worded as one."""
    folded = f" {fold(said)} "
    asks = "?" in said or any(f" {word} " in folded for word in _QUESTION)
    return (intent.startswith("ask_") and asks) or intent == "track_case"


def _joined(before: str | None, said: str) -> str:
    return f"{before}\n{clean(said)}" if before else clean(said)


_READERS = {
    "description": _description,
    "subject": _asked_subject,
    "visibility": _visibility,
    "agreement": _agreement,
}
_NAMES = (
    ("description", ("noi dung", "mo ta", "loi ke", "cau chuyen", "ke lai", "viet lai")),
    ("visibility", ("an danh", "ai thay", "ai biet", "nguoi duoc biet", "cong khai", "che do", "giau ten")),
    ("subject", ("linh vuc", "loai viec")),
    ("place", ("noi", "cho xay ra", "dia diem", "dia chi", "ten ban", "ten xa", "sai ban", "sai xa", "o dau")),
)
"""How residents name an answer they want to change; “nội dung” before “nơi”, which it contains when folded."""
