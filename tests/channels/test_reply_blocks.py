"""A reply as words alone: nothing that a page's cards show is missing, nothing is said twice."""

from typing import Any

import pytest

from bot.channels.reply_blocks import blocks_of, plain

LAW = {"document": "Luật 10/2022/QH15", "article": "11", "clause": "1", "point": None, "caution": None}
CASE = {
    "code": "XH-7K3M-9Q2F",
    "state": "new",
    "label": "Đã gửi",
    "office": "UBND xã Nậm Lúa",
    "due": "2026-12-01T10:00:00+00:00",
    "fingerprint": "ab12",
}


@pytest.mark.parametrize(
    ("kind", "text", "body", "expected"),
    [
        ("small_talk", "Chào bác.", {}, "Chào bác."),
        ("answer", "Có.", {"more": "Gồm ba việc."}, "Có.\n\nGồm ba việc."),
        ("answer", "Có.", {"citations": [LAW, LAW]}, "Có.\n\nCăn cứ: Điều 11 khoản 1 Luật 10/2022/QH15"),
        (
            "answer",
            "Có.",
            {"citations": [LAW | {"caution": "cần cán bộ xác nhận"}]},
            "Có.\n\nCăn cứ: Điều 11 khoản 1 Luật 10/2022/QH15\nCần cán bộ xác nhận.",
        ),
        # the caution stands in the text already
        (
            "answer",
            "Có (cần cán bộ xác nhận).",
            {"citations": [LAW | {"caution": "cần cán bộ xác nhận"}]},
            "Có (cần cán bộ xác nhận).\n\nCăn cứ: Điều 11 khoản 1 Luật 10/2022/QH15",
        ),
        # the receipt: the secret is on no other line, code and office are
        (
            "receipt",
            "Mã phiếu: XH-7K3M-9Q2F\nNơi giải quyết: UBND xã Nậm Lúa",
            {"case": CASE | {"secret": "K7M2-QX4D"}},  # pragma: allowlist secret
            "Mã phiếu: XH-7K3M-9Q2F\nNơi giải quyết: UBND xã Nậm Lúa\n\nMã bí mật, giữ riêng: K7M2-QX4D\n"
            "Tình trạng: Đã gửi\nHẹn trả lời: chậm nhất ngày 01/12/2026\nMã đối chiếu: ab12",
        ),
        # an answered case promises no date, and its fingerprint was on the receipt
        (
            "status",
            "Phiếu XH-7K3M-9Q2F: đã trả lời. UBND xã Nậm Lúa",
            {"case": CASE | {"state": "answered", "label": "Đã trả lời"}},
            "Phiếu XH-7K3M-9Q2F: đã trả lời. UBND xã Nậm Lúa",
        ),
        (
            "voice",
            "Bản ghi đây.",
            {"voice": {"url": "/recordings/1", "language": "Thái"}},
            "Bản ghi đây.\n\nNghe tiếng Thái: https://x.vn/recordings/1",
        ),
    ],
)
def test_words(kind: str, text: str, body: dict[str, Any], expected: str) -> None:
    assert plain(blocks_of(kind, text, body, "https://x.vn")) == expected
