"""How a place in the law is written for people."""

from knowledge_base.facts import Citation


def written(citation: Citation) -> str:
    """“Điều 11 khoản 1 điểm a Luật 10/2022/QH15”; the parts that are not known are left out."""
    parts = (_named("Điều", citation.article), _named("khoản", citation.clause), _named("điểm", citation.point))
    return " ".join([*filter(None, parts), citation.document])


def _named(name: str, number: str | None) -> str | None:
    """A clause may be a passage without a number (“đoạn mở đầu”), which needs no name before it."""
    return number if number is None or number.startswith("đoạn") else f"{name} {number}"
