"""The tally as a workbook that an office opens: a sheet for each table, the list, and guidance given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from bot.tallies.tables import Given, Row, Table

TITLE = "Thống kê vụ việc"
HEAD_ROW = 4
"""Above it: title, what is counted, when it was made, an empty line."""
LIST_HEADS = ("Số", "Ngày gửi", "Xã, phường", "Lĩnh vực", "Loại", "Tình trạng", "Kết quả")
LIST_WIDTHS = (8, 12, 28, 26, 22, 24, 26)


@dataclass(frozen=True)
class Report:
    """All that goes into the workbook; ``made_at`` is local time."""

    counted: str
    made_at: datetime
    total: int
    tables: Sequence[Table]
    rows: Sequence[Row]
    guidance: Sequence[Given]


def workbook(report: Report) -> bytes:
    """The XLSX file. Takes seconds for very many cases: run it in a thread."""
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"title": TITLE, "created": report.made_at.replace(tzinfo=None)})
        formats = _formats(book)
        for table in report.tables:
            _table_sheet(book, formats, report, table)
        _list_sheet(book, formats, report)
        _guidance_sheet(book, formats, report)
    return buffer.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "soft": book.add_format({"font_color": "#555555"}),
        "head": book.add_format({"bold": True, "bottom": 1, "bg_color": "#E3F0EC", "text_wrap": True}),
        "count": book.add_format({"num_format": "#,##0"}),
        "date": book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
        "sum": book.add_format({"bold": True, "top": 1, "num_format": "#,##0"}),
    }


def _sheet(
    book: Any,
    formats: dict[str, Any],
    report: Report,
    name: str,
    title: str,
    heads: Sequence[str],
    widths: Sequence[int],
) -> Any:
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, title, formats["title"])
    sheet.write_string(1, 0, f"Tính: {report.counted}", formats["soft"])
    sheet.write_string(2, 0, f"Lập lúc {report.made_at:%H:%M ngày %d/%m/%Y}", formats["soft"])
    for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.write_string(HEAD_ROW, column, head, formats["head"])
        sheet.set_column(column, column, width)
    sheet.freeze_panes(HEAD_ROW + 1, 0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    return sheet


def _table_sheet(book: Any, formats: dict[str, Any], report: Report, table: Table) -> None:
    heads = (table.title.removeprefix("Theo ").capitalize(), "Số vụ việc")
    sheet = _sheet(book, formats, report, table.title, f"{TITLE}: {table.title.lower()}", heads, (40, 14))
    for at, line in enumerate(table.lines, start=HEAD_ROW + 1):
        sheet.write_string(at, 0, _capital(line.label))
        sheet.write_number(at, 1, line.count, formats["count"])
    last = HEAD_ROW + 1 + len(table.lines)
    sheet.write_string(last, 0, "Cộng", formats["sum"])
    sheet.write_number(last, 1, report.total, formats["sum"])


def _list_sheet(book: Any, formats: dict[str, Any], report: Report) -> None:
    sheet = _sheet(book, formats, report, "Danh sách", f"{TITLE}: danh sách", LIST_HEADS, LIST_WIDTHS)
    for at, row in enumerate(report.rows, start=HEAD_ROW + 1):
        sheet.write_number(at, 0, row.number, formats["count"])
        sheet.write_datetime(at, 1, row.received, formats["date"])
        for column, words in enumerate((row.commune, row.field, row.kind, row.state, row.outcome), start=2):
            sheet.write_string(at, column, _capital(words))
    if report.rows:
        sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + len(report.rows), len(LIST_HEADS) - 1)


def _guidance_sheet(book: Any, formats: dict[str, Any], report: Report) -> None:
    title = "Lượt hướng dẫn khiếu nại, tố cáo (theo kỳ và xã)"
    sheet = _sheet(book, formats, report, "Hướng dẫn", title, ("Hướng dẫn về", "Tháng", "Số lượt"), (24, 20, 12))
    for at, line in enumerate(report.guidance, start=HEAD_ROW + 1):
        sheet.write_string(at, 0, _capital(line.kind))
        sheet.write_string(at, 1, _capital(line.month))
        sheet.write_number(at, 2, line.count, formats["count"])
    last = HEAD_ROW + 1 + len(report.guidance)
    sheet.write_string(last, 0, "Cộng", formats["sum"])
    sheet.write_blank(last, 1, None, formats["sum"])
    sheet.write_number(last, 2, sum(line.count for line in report.guidance), formats["sum"])


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
