"""Why a case is refused, passed on or sent back: closed lists, since reasons are counted. Our own wording.

Labels complete “Lý do: …” for officials and residents alike.
"""

DECLINED = {
    "not_true": "đã kiểm tra, sự việc không đúng như phản ánh",
    "not_enough": "thiếu thông tin để giải quyết, đã hỏi lại mà chưa được bổ sung",
    "settled_before": "việc đã được giải quyết, không có tình tiết mới",
    "against_law": "yêu cầu không phù hợp với quy định của pháp luật",
    "no_means": "chưa bố trí được nguồn lực để thực hiện",
    "no_content": "không có nội dung cụ thể để xem xét",
}
NOT_WITHIN_AUTHORITY = {
    "other_place": "sự việc thuộc địa phương khác",
    "other_level": "thuộc thẩm quyền của cấp khác",
    "other_body": "thuộc thẩm quyền của cơ quan khác",
    "court": "thuộc thẩm quyền của tòa án",
    "own_procedure": "phải nộp hồ sơ theo thủ tục riêng",
    "complaint_or_denunciation": "là khiếu nại hoặc tố cáo, có trình tự riêng",
}
REFUSALS = {"declined": DECLINED, "not_within_authority": NOT_WITHIN_AUTHORITY}
"""The outcomes that refuse, each with its reasons."""

TRANSFER = {
    "not_our_place": "sự việc xảy ra ở địa bàn khác",
    "not_our_field": "thuộc lĩnh vực của đơn vị khác",
    "needs_higher": "cần cấp trên giải quyết",
    "needs_lower": "cấp xã giải quyết được",
}
RETURN = {
    "not_ours": "không thuộc phạm vi của đơn vị nhận",
    "other_office": "đơn vị khác phụ trách việc này",
    "passed_on_incomplete": "thông tin chuyển đến chưa đủ",
}
LABELS = DECLINED | NOT_WITHIN_AUTHORITY | TRANSFER | RETURN
"""Every reason by its code; no code is in two lists."""
