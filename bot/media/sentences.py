"""What the channel says about photos, voice notes, files and locations."""

REFUSED = {
    "too_large": "Tôi không nhận được {what} bác vừa gửi vì nặng quá {megabytes} MB. Bác gửi lại bản nhẹ hơn giúp tôi.",
    "kind": (
        "Tôi không nhận được {what} bác vừa gửi: kênh này nhận ảnh, tin thoại, video và tệp PDF, Word, Excel. "
        "Bác gửi lại bằng một trong các loại ấy giúp tôi."
    ),
    "empty": "Tôi không nhận được {what} bác vừa gửi vì tệp rỗng. Bác gửi lại giúp tôi.",
    "broken": "Tôi không mở được {what} bác vừa gửi, có thể tệp bị hỏng. Bác chụp hoặc gửi lại giúp tôi.",
    "too_many_pixels": "Tôi không nhận được {what} bác vừa gửi vì ảnh quá lớn. Bác gửi lại ảnh nhỏ hơn giúp tôi.",
    "unreachable": "Tôi chưa lấy được {what} bác vừa gửi từ ứng dụng. Bác gửi lại giúp tôi.",
    "too_many": (
        "Hôm nay bác đã gửi nhiều tệp nên tôi chưa nhận thêm được {what}. Ngày mai bác gửi tiếp, hoặc kể lại bằng "
        "chữ giúp tôi."
    ),
}
"""Why something sent could not be taken; what else the message said is never lost."""
OF_TEXT = "Lời bác nhắn vẫn được giữ."
IDENTITY = (
    "Ảnh bác vừa gửi là giấy tờ tùy thân. Kênh này không cần giấy tờ tùy thân của bác: tôi đã cất ảnh đi, không ai xem "
    "được, và sẽ xóa hẳn sau {hours} giờ. Bác đừng gửi ảnh giấy tờ ở đây để giữ an toàn cho mình."
)
NOT_HEARD = "Tôi chưa nghe được lời nói, cán bộ sẽ nghe."
NOT_SEEN = "Tôi chưa xem được ảnh, cán bộ sẽ xem."
NOT_READ = "Tôi chưa đọc được tệp, cán bộ sẽ đọc."
