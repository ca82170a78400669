"""What comes before everything else: emergencies, denunciations, complaints."""

from datetime import date

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from sqlalchemy.ext.asyncio import AsyncSession

from actions.turn import Turn
from bot.clock import local, now
from bot.conversations import holds
from bot.conversations.replies import Reply, ReplyButton, payload_of, reply_from
from bot.settings import settings
from knowledge_base.answering import emergency_payload, guidance_payload

NO_DENUNCIATIONS = (
    "Kênh này không nhận tố cáo: lời bác vừa nhắn không phải là đơn và sẽ không được giữ lại. Tôi đã chuyển nó khỏi "
    "cuộc trò chuyện, không ai đọc được, và xóa hẳn khi bác xác nhận hoặc sau {hours:g} giờ. "
    "Nếu bác chỉ phản ánh, bác bấm nút bên dưới."
)
MAYBE_DENUNCIATION = (
    "Bác đang tố cáo ai, hay phản ánh, hay chỉ hỏi cho biết? Kênh này không nhận tố cáo nên tôi tạm cất lời bác vừa "
    "nhắn, không ai đọc được, và xóa hẳn sau {hours:g} giờ. Bác bấm chọn giúp tôi; không phải tố cáo thì lời bác trở "
    "lại nguyên vẹn."
)
BOOK_RECEPTION = ReplyButton("Đăng ký tiếp dân", "book_reception")
"""Whoever may not write it here may say it to the leader who receives people."""
NO_COMPLAINTS = "Kênh này không nhận đơn khiếu nại; tôi chỉ bác cách gửi đúng nơi."


class Emergency(Action):
    """The numbers to call, at once."""

    def name(self) -> str:
        return "action_emergency"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn = Turn(tracker)
        async with turn.unit_of_work() as session:
            payload = await emergency_payload(session, turn.words)
        feedback = {"label": "Không khẩn cấp, tôi phản ánh", "intent": "deny_emergency"}
        dispatcher.utter_message(json_message={**payload, "buttons": [feedback, *payload["buttons"]]})
        return []


class GuideDenunciation(Action):
    """Seal what was said, explain where to denounce, offer to take it as feedback after all."""

    def name(self) -> str:
        return "action_guide_denunciation"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn, at = Turn(tracker), now()
        async with turn.unit_of_work() as session:
            reply = await self.reply(session, local(at).date())
            await holds.seal(session, turn.message_id, at, origin="bot", reply=reply)
        dispatcher.utter_message(json_message=payload_of(reply))
        return []

    async def reply(self, session: AsyncSession, today: date) -> Reply:
        """That nothing is filed or kept here, and how to denounce."""
        opening = NO_DENUNCIATIONS.format(hours=settings().sealed_hold_hours)
        payload = await guidance_payload(session, "denunciation", opening, today)
        guidance = reply_from(payload)
        return Reply(guidance.kind, guidance.text, guidance.body, (*holds.CHOICES, BOOK_RECEPTION))


class AskAboutDenunciation(GuideDenunciation):
    """Words that may accuse somebody: sealed all the same, and the resident is asked what they are."""

    def name(self) -> str:
        return "action_ask_about_denunciation"

    async def reply(self, session: AsyncSession, today: date) -> Reply:
        """One question and three buttons."""
        asked = MAYBE_DENUNCIATION.format(hours=settings().sealed_hold_hours)
        return Reply("guidance", asked, {"topic": "denunciation"}, holds.DOUBTFUL_CHOICES)


class GuideComplaint(Action):
    """Explain how and where to complain; ask for no name and no evidence."""

    def name(self) -> str:
        return "action_guide_complaint"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn, at = Turn(tracker), now()
        async with turn.unit_of_work() as session:
            payload = await guidance_payload(session, "complaint", NO_COMPLAINTS, local(at).date())
            await holds.record_guidance(session, turn.message_id, "complaint", at)
        feedback = {"label": "Tôi chỉ phản ánh cách làm việc", "intent": "deny_complaint"}
        human = {"label": "Gặp cán bộ", "intent": "talk_to_human"}
        book = {"label": BOOK_RECEPTION.label, "intent": BOOK_RECEPTION.intent}
        dispatcher.utter_message(json_message={**payload, "buttons": [feedback, book, human]})
        return []
