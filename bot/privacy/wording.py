"""What the resident reads about their own data."""

from collections.abc import Sequence

from bot.conversations.replies import ReplyButton

OFFER = (
    "Tôi đang giữ của bác:\n{summary}\n\nBác muốn tải về xem, hay xóa đi?\n"
    "Bác cũng có thể nhờ cán bộ giải thích hoặc sửa chỗ sai."
)
FILE = (
    "Dữ liệu của bác ở đây, mở được trong 24 giờ. Địa chỉ này chỉ dành cho bác, bác đừng gửi cho ai:\n"
    "• Bản đọc: {url}.txt\n• Trọn bộ: {url}.zip"
)
CONFIRM = (
    "Tôi sẽ xóa hẳn, không lấy lại được:\n{summary}\n\n"
    "Còn giữ, nhưng không có lời nào của bác: mã phiếu, nơi giải quyết, ngày giờ và kết quả của từng phiếu, để phiếu "
    "vẫn kiểm tra được là đã giải quyết (quy định của kênh này).{open_cases}\n\nBác có chắc muốn xóa không?"
)
STILL_OPEN = (
    "\n\nPhiếu {codes} đang được giải quyết nên lời trong phiếu phải giữ đến khi xong, rồi tôi xóa nốt. "
    "Bác muốn xóa ngay thì rút phiếu trước."
)
ERASED = "Tôi đã xóa lời bác ở kênh này, cả trên các kênh bác đã liên kết. Bác cần gì, cứ nhắn lại như mới."
ERASED_BUT = (
    "Tôi đã xóa lời bác ở kênh này, cả trên các kênh bác đã liên kết. Phiếu {codes} đang được giải quyết: lời trong "
    "phiếu được xóa khi phiếu kết thúc."
)
KEPT = "Tôi không xóa gì cả. Dữ liệu của bác vẫn như cũ."

WITHDRAWN = (
    "Tôi đã ghi lại: bác rút lại sự đồng ý, hoặc muốn hạn chế, phản đối việc dùng dữ liệu của bác. "
    "Cán bộ xem và trả lời bác tại đây. {limit}\n\nNếu bác muốn xóa hẳn ngay bây giờ thì bấm nút dưới."
)

SEE, ERASE, CONFIRM_ERASURE, KEEP = "see_my_data", "erase_my_data", "confirm_erasure", "keep_my_data"
ASK_OFFICIAL = ReplyButton("Nhờ cán bộ", "talk_to_human")
OFFERED = (ReplyButton("Tải dữ liệu về", SEE), ReplyButton("Xóa dữ liệu", ERASE), ASK_OFFICIAL)
INSTEAD = (ReplyButton("Xóa dữ liệu", ERASE), ASK_OFFICIAL)
CONFIRMED = (ReplyButton("Đồng ý xóa hẳn", CONFIRM_ERASURE), ReplyButton("Thôi, giữ lại", KEEP), ASK_OFFICIAL)


def confirm(summary: str, open_cases: Sequence[str]) -> str:
    """What will go, what stays and why, before anything is erased."""
    still = STILL_OPEN.format(codes=", ".join(open_cases)) if open_cases else ""
    return CONFIRM.format(summary=summary, open_cases=still)


def erased(open_cases: Sequence[str]) -> str:
    """What was erased and what follows later."""
    return ERASED_BUT.format(codes=", ".join(open_cases)) if open_cases else ERASED
