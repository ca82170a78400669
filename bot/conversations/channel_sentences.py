"""What is said about channels: linking them, where notices go, which kinds are wanted."""

CHANNELS = {"web": "trang web", "zalo": "Zalo", "telegram": "Telegram"}
ELSEWHERE = CHANNELS | {"web": "trang web trên máy khác"}
"""Where a code may be typed."""

CODE = (
    "Mã liên kết của bác: {code}\nTrong {minutes} phút, bác nhắn mã này cho tôi ở kênh khác ({others}). Nối rồi thì "
    "phiếu và lịch hẹn của bác xem được ở cả hai nơi. Bác đừng đưa mã cho ai, kể cả cán bộ."
)
TOO_MANY_CODES = "Bác vừa lấy mã nhiều lần. Bác đợi khoảng {minutes} phút rồi lấy lại giúp tôi."
WRONG_CODE = "Mã này không đúng hoặc đã hết hạn. Bác nhắn “liên kết” ở kênh kia để lấy mã mới."
LOCKED = "Mã sai nhiều lần nên tôi tạm ngừng nhận mã liên kết ở đây. Khoảng {minutes} phút nữa bác thử lại."
OWN_CODE = "Mã này để nhắn ở kênh khác ({others}), không phải ở đây."
ALREADY = "Hai kênh này đã nối với nhau rồi, bác dùng kênh nào cũng được."
TOO_MANY_CHANNELS = "Bác đã nối {count} cuộc trò chuyện, nhiều nhất có thể. Bác bỏ bớt một kênh rồi nối lại giúp tôi."
ASK = (
    "Bác muốn nối cuộc trò chuyện này với {channel} (trò chuyện từ {since}) phải không? Nối rồi, phiếu và lịch hẹn ở "
    "hai nơi xem chung được. Nếu mã này do người khác đưa bác, bác đừng nối."
)
JOIN_LABEL, JOIN_NOT_LABEL = "Nối hai kênh", "Không nối"
LINKED_HERE = (
    "Đã nối với {channel}. Từ giờ ở kênh nào bác cũng xem được phiếu và lịch hẹn của mình. Không muốn nữa thì bác nhắn "
    "“bỏ liên kết”."
)
LINKED_THERE = (
    "Lúc {time}, cuộc trò chuyện này được nối với {channel}. Không phải bác làm thì bác bấm “Bỏ liên kết” ngay giúp "
    "tôi, hoặc nhắn “bỏ liên kết”."
)
NOT_LINKED = "Tôi không nối. Mã ấy bỏ rồi."
NOTHING_TO_JOIN = "Mã liên kết đã hết hạn. Bác nhắn “liên kết” ở kênh kia để lấy mã mới."
UNLINKED_HERE = "Đã bỏ liên kết. Ở đây chỉ còn phiếu và lịch hẹn bác tạo ở đây."
UNLINKED_THERE = "Lúc {time}, {channel} của bác đã tách khỏi cuộc trò chuyện này."
ALONE = "Cuộc trò chuyện này chưa nối với kênh nào khác. Muốn nối, bác nhắn “liên kết”."
UNLINK_LABEL, LINK_LABEL = "Bỏ liên kết", "Liên kết kênh khác"

CHANNELS_OF_YOURS = "Kênh của bác: {channels}."
NOTICES_GO = "Tin báo (phiếu có tin mới, nhắc lịch hẹn…) tôi gửi ở {channel}."
NOTICES_WAIT = "Tin báo tôi để ở {channel}, bác mở lại sẽ thấy."
TURNED_OFF = "Đang tắt: {kinds}."
HERE = "Từ giờ tin báo tôi gửi cho bác ở đây."
HERE_WEB = "Từ giờ tin báo tôi để ở trang này. Trang web không nhắn ra ngoài được, bác mở trang mới thấy."
HERE_LABEL = "Nhận tin ở đây"
WHICH_OFF, WHICH_ON = "Bác muốn tắt loại tin nào?", "Bác muốn bật lại loại tin nào?"
OFF = "Đã tắt {kind} trên mọi kênh của bác. Muốn nhận lại, bác nhắn “bật {kind}”."
OFF_CASE = " Bác vẫn xem được bất cứ lúc nào bằng cách nhắn “phiếu của tôi”."
ON = "Đã bật {kind}."
ALL_OFF, ALL_ON = "Các loại tin đều đã tắt.", "Các loại tin đều đang bật, không có loại nào bị tắt."
