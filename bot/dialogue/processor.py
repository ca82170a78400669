"""One turn of a conversation, all or nothing: what stock Rasa logs and forgets is raised here instead."""

from typing import Any, Text

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.failures import TooManyActions, failures, raise_first


class WatchedAction:
    """An action whose exception is noted before Rasa swallows it; a rejection is ordinary and is not noted."""

    def __init__(self, action: Action) -> None:
        self._action = action

    def __getattr__(self, name: Text) -> Any:
        return getattr(self._action, name)

    async def run(self, *arguments: Any) -> Any:
        try:
            return await self._action.run(*arguments)
        except ActionExecutionRejection:
            raise
        except Exception as error:
            failures().append(error)
            raise


class StrictProcessor(MessageProcessor):
    """Stock Rasa goes on after a failed action and saves the turn; here the turn fails and nothing is saved."""

    async def run_turn(self, message: UserMessage) -> DialogueStateTracker:
        """Handle one message to the end and save it in one commit. Raises the first failure of any part."""
        failures().clear()
        self.on_circuit_break = _too_many
        tracker = await self.log_message(message, should_save_tracker=False)
        tracker = await self.run_action_extract_slots(message.output_channel, tracker)
        await self._run_prediction_loop(message.output_channel, tracker)
        await self.save_tracker(tracker)
        return tracker

    async def run_action_extract_slots(
        self, output_channel: OutputChannel, tracker: DialogueStateTracker
    ) -> DialogueStateTracker:
        tracker = await super().run_action_extract_slots(output_channel, tracker)
        raise_first()
        return tracker

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        more = await super()._run_action(WatchedAction(action), tracker, output_channel, nlg, prediction)
        raise_first()
        return more


class StrictAgent(Agent):
    """An agent with the strict processor, on the tracker store itself: no silent change to memory when it fails."""

    def load_model(self, model_path: Text, fingerprint: Any = None) -> None:
        """Load the model. Raises when there is none or it does not load."""
        super().load_model(model_path, fingerprint)
        self.processor.__class__ = StrictProcessor

    @staticmethod
    def _create_tracker_store(store: TrackerStore, domain: Domain) -> TrackerStore:
        store.domain = domain
        return store


def _too_many(*_: Any) -> None:
    raise TooManyActions
