"""The photo or document that an official chose to send with a reply."""

from litestar.datastructures import State, UploadFile

from bot.console.access import Asked
from bot.media.enclosing import MOST_FILE, MOST_PHOTO, Enclosure, enclosure
from bot.media.preparing import Unfit
from bot.media.storage import Files, NoRoom

FORM_BYTES = MOST_PHOTO + 200_000
ACCEPTED = "image/*,.pdf,.doc,.docx"
"""What the browser offers to choose."""
WHY = {
    "too_large": f"Tệp quá nặng: ảnh tối đa {MOST_PHOTO // 1_000_000} MB, tài liệu tối đa {MOST_FILE // 1_000_000} MB.",
    "kind": "Chỉ gửi được ảnh, tệp PDF và Word (.doc, .docx): đó là những loại mọi kênh đều nhận.",
    "empty": "Tệp rỗng.",
    "broken": "Không mở được tệp, có thể tệp bị hỏng.",
    "too_many_pixels": "Ảnh quá lớn.",
    "identity": "Ảnh này là giấy tờ tùy thân; không gửi giấy tờ tùy thân qua kênh này.",
}


class NotSendable(ValueError):
    """What was chosen cannot go; the message says why, in Vietnamese."""


async def chosen(request: Asked, state: State) -> Enclosure | None:
    """What the form's ``file`` brought, ready to go; None when nothing was chosen. ``NotSendable``."""
    file = (await request.form()).get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return None
    content = await file.read(MOST_PHOTO + 1)
    try:
        return await enclosure(content, file.filename, Files(state.settings.data_dir, state.settings.media_free_bytes))
    except Unfit as unfit:
        raise NotSendable(f"Chưa gửi được tệp. {WHY[unfit.reason]}") from None
    except NoRoom:
        raise NotSendable("Chưa gửi được tệp: máy chủ sắp hết chỗ. Hãy báo người vận hành.") from None
