"""Sentences the channel says without Rasa: privacy, failure, sealing, taking over."""

PRIVACY = (
    "Tỉnh lưu lời bác nhắn để trả lời và theo dõi, bản gốc giữ {days} ngày; nhắn “xem dữ liệu của tôi” hoặc “xóa dữ "
    "liệu của tôi” khi bác cần."
)
FAILURE = (
    "Xin lỗi bác, máy trả lời đang trục trặc nên tôi chưa trả lời được. Lời bác nhắn đã được lưu lại và chuyển cho "
    "{office}. {when}"
)
SEALED_BY_OFFICIAL = (
    "Cán bộ thấy lời bác vừa nhắn có thể là tố cáo. Kênh này không nhận tố cáo: lời bác nhắn ở đây không phải là đơn "
    "và sẽ không được giữ lại. Nội dung ấy đã được cất riêng, không ai đọc được nữa. Bác muốn tố cáo thì gửi đơn hoặc "
    "đến trình bày trực tiếp với cơ quan có thẩm quyền."
)
HOLD_ENDED = "Đã xóa hẳn nội dung ấy khỏi kênh này. Bác cần hỏi cách gửi đơn tố cáo, cứ nhắn tôi chỉ."
HOLD_GONE = "Nội dung ấy đã được xóa hẳn khỏi kênh này rồi. Nếu bác muốn phản ánh, bác nhắn lại giúp tôi."
HOLD_RETURNED_TO_OFFICIAL = "Đã trả lời nhắn của bác về chỗ cũ; cán bộ đọc được để trả lời bác."
LABEL_IS_DENUNCIATION = "Đúng, là tố cáo"
LABEL_IS_FEEDBACK = "Đây là phản ánh, không phải tố cáo"
LABEL_IS_QUESTION = "Tôi chỉ hỏi cho biết"
OLD_BUTTON = "Nút bác vừa bấm thuộc về việc đã xong. Bác cần gì, bác nhắn giúp tôi một câu."
OPEN_NOW = "Đang trong giờ làm việc, cán bộ sẽ trả lời bác ngay tại đây."
OPEN_LATER = "Hiện ngoài giờ làm việc; sớm nhất {opening} cán bộ sẽ trả lời bác ngay tại đây."
GIVEN_BACK = "Cán bộ đã trả lời xong. Từ giờ trợ lý tự động trả lời tiếp; bác cần cán bộ, cứ nhắn “gặp cán bộ”."
WELCOME = (
    "Chào bác. Tôi là trợ lý tự động của tỉnh. Bác hỏi về quyền của người dân ở xã, bản, hoặc kể việc cần phản ánh, "
    "tôi giúp. Bác cứ nhắn bằng lời thường ngày."
)
WORDLESS = (
    "Tôi đã nhận {what} bác gửi nhưng chưa hiểu được. Bác nhắn thêm một câu bằng chữ giúp tôi: bác cần hỏi hay "
    "muốn phản ánh việc gì?"
)
CARRIED = {
    "sticker": "hình dán",
    "contact": "thông tin liên hệ",
}
"""What may come without words beside photos, voice notes, files and locations, as it is called to a resident."""
CONTACT_REQUEST = (
    "Cán bộ xin họ tên và số điện thoại của bác\n"
    "Để gọi lại cho bác khi cần. Bác không muốn thì thôi, cứ nhắn tiếp ở đây."
)
