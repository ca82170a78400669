"""Write knowledge_base/content/places/provinces/*.yml anew: every province with its communes and their former names.

``bot/dialogue/.venv/bin/python -m bot.dialogue.provinces`` from the repository root, only when underthesea brings newer
data. The source is the mapping of units that underthesea (Apache-2.0) ships, taken from the package vietnamadminunits.
"""

import json
from collections import defaultdict
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, Iterable, Iterator

from bot.language import fold

TARGET = Path("knowledge_base/content/places/provinces")
HEADER = """\
# {province}: its communes since 01/07/2025, each with the units it was made from. By bot.dialogue.provinces, from
# underthesea {version} (Apache-2.0), whose source is vietnamadminunits {source}. Not edited by hand.
"""
SPELLED = """
xãcẩmgiang: Xã Cẩm Giang
xãcẩmgiàng: Xã Cẩm Giàng
xãbatơ: Xã Ba Tơ
xãbatô: Xã Ba Tô
xãthanhan: Xã Thanh An
xãthạnhan: Xã Thạnh An
xãsơnhạ: Xã Sơn Hạ
xãsơnhà: Xã Sơn Hà
xãtânthành: Xã Tân Thành
xãtânthạnh: Xã Tân Thạnh
xãlộcthành: Xã Lộc Thành
xãlộcthạnh: Xã Lộc Thạnh
xãvănlăng: Xã Văn Lăng
xãvănlang: Xã Văn Lang
xãtamđàn: Xã Tam Đàn
xãtamdân: Xã Tam Dân
xãtràdon: Xã Trà Don
xãtràdơn: Xã Trà Dơn
phườnghươngvân: Phường Hương Vân
phườnghươngvăn: Phường Hương Văn
xãphúthành: Xã Phú Thành
xãphúthạnh: Xã Phú Thạnh
xãiabăng: Xã Ia Băng
xãiabang: Xã Ia Bang
xãminhquân: Xã Minh Quân
xãminhquán: Xã Minh Quán
phườngsapa: Phường Sa Pa
phườngsapả: Phường Sa Pả
xãchâubình: Xã Châu Bình
xãchâubính: Xã Châu Bính
xãnậmcắn: Xã Nậm Cắn
xãnậmcàn: Xã Nậm Càn
xãnghivạn: Xã Nghi Vạn
xãnghivăn: Xã Nghi Văn
xãđồngthành: Xã Đồng Thành
xãđôngthành: Xã Đông Thành
xãđôngthạnh: Xã Đông Thạnh
xãtrựchùng: Xã Trực Hùng
xãtrựchưng: Xã Trực Hưng
xãbìnhthạnh: Xã Bình Thạnh
xãbìnhthanh: Xã Bình Thanh
xãvĩnhhùng: Xã Vĩnh Hùng
xãvĩnhhưng: Xã Vĩnh Hưng
xãhoalộc: Xã Hoa Lộc
xãhòalộc: Xã Hòa Lộc
xãhoằngquỳ: Xã Hoằng Quỳ
xãhoằngquý: Xã Hoằng Quý
xãhoằngđồng: Xã Hoằng Đồng
xãhoằngđông: Xã Hoằng Đông
xãhoằngthành: Xã Hoằng Thành
xãhoằngthanh: Xã Hoằng Thanh
xãhoằngphú: Xã Hoằng Phú
xãhoằngphụ: Xã Hoằng Phụ
xãngathành: Xã Nga Thành
xãngathanh: Xã Nga Thanh
"""
"""Names that the source leaves empty because two in one place fold alike; it gives only the key."""
NAMES = dict(line.split(": ") for line in SPELLED.split("\n") if line)


KINDS = ("xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "thị xã", "thành phố", "tỉnh")

Row = dict[str, Any]


def main() -> None:
    """Replace every file; print how many provinces and communes there are."""
    data = json.loads((files("underthesea") / "address/data/mapping.json").read_text("utf-8"))
    provinces: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in data["ward_mapping"]:
        commune = row["new_ward"] or NAMES[row["new_ward_key"]]
        provinces[row["new_province"]][commune].append(former(row))
    formerly: dict[str, list[str]] = defaultdict(list)
    for old, new in data["province_mapping"].items():
        formerly[new].append(data["old_province_names"][old]["name"])
    TARGET.mkdir(parents=True, exist_ok=True)
    for stale in TARGET.glob("*.yml"):
        stale.unlink()
    for key, names in data["province_names"].items():
        header = HEADER.format(
            province=names["name"], version=version("underthesea"), source=data["metadata"]["version"]
        )
        text = header + "\n".join(told(names["name"], formerly[key], provinces[names["name"]])) + "\n"
        (TARGET / f"{kebab(names['short'])}.yml").write_text(text, "utf-8")
    print(f"{len(provinces)} provinces, {sum(map(len, provinces.values()))} communes")


def former(row: Row) -> str:
    """“xã Bản Hon, huyện Tam Đường”; a district without communes (an island) by itself."""
    ward = row["old_ward"] or NAMES.get(row["old_ward_key"], "")
    parts = [lowered(part) for part in (ward, row["old_district"]) if part]
    moved = row["old_province"] != row["new_province"]
    return ", ".join([*parts, lowered(row["old_province"])] if moved else parts)


def told(province: str, formerly: list[str], communes: dict[str, list[str]]) -> Iterator[str]:
    """The lines of one province's file."""
    yield f"province: {lowered(province)}"
    yield f"formerly: [{', '.join(lowered(name) for name in sorted(formerly))}]"
    yield "communes:"
    slugs = slugged(sorted(communes, key=lambda name: (fold(name), name)))
    for name, slug in slugs.items():
        yield f"  - slug: {slug}"
        yield f"    name: {lowered(name)}"
        yield "    formerly:"
        yield from (f"      - {unit}" for unit in sorted(set(communes[name])))


def slugged(names: Iterable[str]) -> dict[str, str]:
    """Each name's slug: without the kind where that is enough, numbered where names fold alike."""
    slugs: dict[str, str] = {}
    for name in names:
        bare = kebab(name.split(" ", 2 if name.startswith("Đặc khu") else 1)[-1])
        wanted = [bare, kebab(name), *(f"{kebab(name)}-{n}" for n in range(2, 9))]
        slugs[name] = next(slug for slug in wanted if slug not in slugs.values())
    return slugs


def kebab(name: str) -> str:
    """“Khun Há” → “khun-ha”."""
    return "-".join("".join(c if c.isalnum() else " " for c in fold(name)).split())


def lowered(name: str) -> str:
    """“Xã Khun Há” → “xã Khun Há”."""
    kind = max((kind for kind in KINDS if name.lower().startswith(f"{kind} ")), key=len)
    return kind + name[len(kind) :]


if __name__ == "__main__":
    main()
