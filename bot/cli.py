"""The command of those who run the product: ``python -m bot.cli run|train|status``."""

import argparse
import sys
from collections.abc import Callable, Sequence

from bot.supervisor import commands
from bot.supervisor.problems import AlreadySaid, CannotStart

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when it went well; 2 after one line saying what is wrong and what to do."""
    chosen = parser().parse_args(arguments)
    command: Command = chosen.command
    try:
        return command(chosen)
    except AlreadySaid:
        return 2
    except CannotStart as problem:
        print(f"Lỗi: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    """Every sub-command, each added by the subject that owns it."""
    top = argparse.ArgumentParser(prog="bot", description="Xã hỏi – Tỉnh trả lời: lệnh của người vận hành")
    subcommands = top.add_subparsers(required=True, metavar="LỆNH")
    commands.add(subcommands)
    return top


if __name__ == "__main__":
    sys.exit(main())
