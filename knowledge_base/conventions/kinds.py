"""What sections of conventions speak of, and hearing it in a question; no database."""

from bot.language import syllables

LABELS = {
    "wedding": "Việc cưới",
    "funeral": "Việc tang",
    "festival": "Lễ hội",
    "family": "Gia đình, dân số",
    "environment": "Môi trường, nguồn nước, rừng",
    "security": "An ninh trật tự",
    "contribution": "Đóng góp, quỹ",
    "learning": "Khuyến học",
    "grazing": "Chăn thả gia súc",
    "culture": "Giữ gìn văn hóa",
    "mutual_help": "Giúp nhau làm ăn, giảm nghèo",
    "keeping": "Giữ quy ước",
    "general": "Điều chung",
}
"""The kinds as an official chooses among them."""

_SPOKEN = {
    "wedding": "đám cưới, việc cưới, cưới hỏi, cưới xin, thách cưới, ép cưới, tổ chức cưới, ăn hỏi, tảo hôn, kết hôn, "
    "làm cưới, lấy vợ, lấy chồng, cỗ cưới, bắt vợ",
    "funeral": "đám ma, ma chay, việc tang, đám tang, nhà có tang, tang lễ, chôn cất, đưa tang, người mất, người chết, "
    "làm ma, việc hiếu, mai táng, viếng, nhạc tang",
    "festival": "lễ hội, hội làng, hội xuân, hội bản, cúng bản, cúng rừng, lễ cúng",
    "family": "bạo lực gia đình, đánh vợ, kế hoạch hóa gia đình, dân số, sinh con, gia đình văn hóa, ly hôn",
    "environment": "rác, vệ sinh, môi trường, nước thải, nguồn nước, chuồng lợn, chuồng trâu, giữ rừng, chặt cây, "
    "phá rừng, bảo vệ rừng, đốt nương, đốt rừng, mó nước, nước sạch",
    "security": "an ninh, trật tự, trộm, trộm cắp, đánh nhau, cờ bạc, đánh bạc, ma túy, say rượu, uống rượu, karaoke, "
    "mở loa, ồn ào, người lạ, vượt biên, biên giới, mốc giới, đường biên",
    "contribution": "đóng góp, góp tiền, góp công, đóng tiền, thu tiền, đóng quỹ, thu quỹ, quỹ bản, quỹ thôn, quỹ tổ, "
    "thu chi, ngày công, nộp quỹ",
    "learning": "khuyến học, đi học, học hành, bỏ học, học sinh, học bài, cho con học, nghỉ học",
    "grazing": "chăn thả, thả rông, chăn nuôi, trâu bò, gia súc, phá lúa, phá hoa màu, phá nương, chăn dắt, thả trâu, "
    "thả bò, thả dê, thả lợn, con trâu, con bò, phá mạ, ăn lúa",
    "culture": "văn hóa, truyền thống, phong tục, tiếng mẹ đẻ, trang phục, áo dài, khăn piêu, hát then, điệu xòe, "
    "khèn, dân ca, nhà sàn, nghề dệt",
    "mutual_help": "giúp nhau, tương trợ, đổi công, giảm nghèo, hộ nghèo, khó khăn, làm ăn, neo đơn",
    "keeping": "vi phạm, không làm theo, bị phạt, phạt tiền, phạt vạ, nộp phạt, xử phạt, nhắc nhở, biểu dương, "
    "khen thưởng, phạt gì, phạt thế nào, phạt bao nhiêu, xử lý",
}
_WORDS = {
    kind: frozenset(" ".join(syllables(phrase)) for phrase in words.split(",")) for kind, words in _SPOKEN.items()
}


def kinds_in(text: str) -> set[str]:
    """The kinds whose longest phrase in the text is the longest of all; none for words of no kind.

    “phạt thả rông trâu” speaks of grazing: what a fine is for says more than that there is one.
    """
    said = f" {' '.join(syllables(text))} "
    lengths = {kind: max((len(p) for p in phrases if f" {p} " in said), default=0) for kind, phrases in _WORDS.items()}
    if any(length for kind, length in lengths.items() if kind != "keeping"):
        lengths["keeping"] = 0
    longest = max(lengths.values())
    return {kind for kind, length in lengths.items() if length == longest > 0}
