"""The table in README.md, between two marks."""

from pathlib import Path

from bot.settings import PROJECT

README = PROJECT / "README.md"
BEGIN, END = "<!-- make evaluate KEEP=1 writes from here", "to here -->"


class NoPlace(ValueError):
    """README.md has lost one of the marks."""


def put_into_readme(table: str, readme: Path = README) -> None:
    """Replace what stands between the marks; raises ``NoPlace``."""
    before, _, after = _parts(readme)
    readme.write_text(f"{before}{BEGIN} -->\n\n{table}\n\n<!-- {END}{after}", "utf-8")


def table_in(readme: Path = README) -> str:
    """What stands between the marks; raises ``NoPlace``."""
    return _parts(readme)[1].strip()


def _parts(readme: Path) -> tuple[str, str, str]:
    text = readme.read_text("utf-8")
    if BEGIN not in text or END not in text:
        raise NoPlace(f"{readme.name}: the marks “{BEGIN} -->” and “<!-- {END}” are wanted")
    before, _, rest = text.partition(BEGIN)
    inside, _, after = rest.partition(END)
    return before, inside.removeprefix(" -->").removesuffix("<!-- "), after
