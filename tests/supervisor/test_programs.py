"""What the supervisor runs, and in which order it stops."""

from bot.supervisor import programs
from bot.supervisor.ports import free_run, require_free


def test_further_processes_of_a_kind_are_numbered_and_stopped_with_the_first() -> None:
    assert programs.names("rasa", 3) == ["rasa", "rasa-2", "rasa-3"]
    stopped = {name: place for place, group in enumerate(programs.STOP_ORDER) for name in group}
    assert stopped["worker-2"] == stopped["worker"] < stopped["rasa-16"] == stopped["rasa"] < stopped["postgres"]


def test_ports_in_a_row_are_all_free() -> None:
    first = free_run(3)
    for port in range(first, first + 3):
        require_free("127.0.0.1", port)
