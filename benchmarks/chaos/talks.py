"""What the residents of a chaos run say: reports, reports with a question in the middle, questions."""

import random
from dataclasses import dataclass
from itertools import cycle, islice

VILLAGES = (
    "bản Hon, xã Nậm Lúa",
    "bản Lọng Khăm, xã Pá Mùa",
    "thôn Nà Tồng, xã Phiêng Đào",
    "thôn Sủng Tráng, xã Lũng Khảo",
    "bản Sín Chéo, xã Pú Thẩn",
)
TROUBLES = (
    "Rác chất đống ở cột số {number} mấy ngày nay không ai thu gom",
    "Nước sạch ở cột số {number} mất cả tuần nay rồi, bà con phải gánh từ suối",
    "Cầu treo ở cột số {number} mục mấy tấm ván, bà con đi lại sợ quá",
)
QUESTIONS = (
    "xã phải công khai những gì cho dân",
    "hương ước là gì",
    "lịch tiếp công dân xã Nậm Lúa",
    "xa phai cong khai nhung gi cho dan",
    "thu hồi đất thì dân được hỏi ý kiến không",
)
WHO_MAY_KNOW = "chỉ cán bộ"
AGREED = "đồng ý"
THANKS = "cảm ơn"


@dataclass(frozen=True)
class Talk:
    """What one resident will say, in order, and the description of the case that must come of it (None: no case)."""

    words: tuple[str, ...]
    description: str | None

    @property
    def in_turn(self) -> bool:
        """Whether a message may only go once the one before is received; questions are typed one upon the other."""
        return self.description is not None


def talks(count: int, dice: random.Random) -> list[Talk]:
    """Conversations of five messages each; every trouble has its own number, so that no two descriptions are alike."""
    kinds = cycle((_report, _questions, _report_told_late, _report_with_question))
    return [kind(dice, 1_000 + number) for number, kind in enumerate(islice(kinds, count))]


def _report(dice: random.Random, number: int) -> Talk:
    trouble = _trouble(dice, number)
    return Talk((trouble, dice.choice(VILLAGES), WHO_MAY_KNOW, AGREED, THANKS), trouble)


def _report_told_late(dice: random.Random, number: int) -> Talk:
    trouble = _trouble(dice, number)
    return Talk(("tôi muốn phản ánh", dice.choice(VILLAGES), trouble, WHO_MAY_KNOW, AGREED), trouble)


def _report_with_question(dice: random.Random, number: int) -> Talk:
    trouble, question = _trouble(dice, number), f"{QUESTIONS[0]}?"
    return Talk((trouble, dice.choice(VILLAGES), question, WHO_MAY_KNOW, AGREED), trouble)


def _questions(dice: random.Random, number: int) -> Talk:
    return Talk(tuple(dice.sample(QUESTIONS, len(QUESTIONS))), None)


def _trouble(dice: random.Random, number: int) -> str:
    return dice.choice(TROUBLES).format(number=number)
