"""``python -m bot.dialogue serve|train|validate|parse``: the Rasa island's own commands, without TensorFlow."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any, Type

from bot.dialogue.light import lighten

_EXPECTED = ("Slot auto-fill has been removed", "lookup table")


def main() -> int:
    """Exit status of the chosen command."""
    arguments = _parser().parse_args()
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    lighten()
    if arguments.command == "serve":
        return _serve(arguments)
    if arguments.command == "parse":
        return _parse(arguments)
    return _train(arguments) if arguments.command == "train" else _validate()


def _serve(arguments: argparse.Namespace) -> int:
    from bot.dialogue.logs import configure

    configure(os.environ.get("LOG_LEVEL", "WARNING"))
    from bot.dialogue.serving import serve

    serve(arguments.port, arguments.model)
    return 0


def _train(arguments: argparse.Namespace) -> int:
    _warnings_only()
    from bot.dialogue.training import train

    train(arguments.out, arguments.ways)
    return 0


def _parse(arguments: argparse.Namespace) -> int:
    _warnings_only()
    from bot.dialogue.batch import parse_lines

    parse_lines(arguments.model, sys.stdin, sys.stdout)
    return 0


def _validate() -> int:
    _warnings_only()
    from bot.dialogue.training import validate

    return 0 if validate() else 1


def _warnings_only() -> None:
    """Rasa tells what is wrong with the data, and no more; training sees no resident's text."""
    import logging
    import warnings

    os.environ.setdefault("LOG_LEVEL", "WARNING")
    os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"
    warnings.showwarning = _shown
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)


def _shown(message: "Warning | str", category: Type[Warning], *_: Any, **__: Any) -> None:
    """One line for each warning about our data; none for what libraries say of each other or of our own components."""
    text = str(message).splitlines()[0]
    if not issubclass(category, DeprecationWarning) and not any(known in text for known in _EXPECTED):
        print(text, file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.dialogue")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="serve a trained model on loopback")
    serve.add_argument("--port", type=int, required=True)
    serve.add_argument("--model", type=Path, required=True)
    train = commands.add_parser("train", help="train a model from config.yml and nlu_data/")
    train.add_argument("--out", type=Path, required=True)
    train.add_argument("--ways", type=Path, help="ways of asking approved in the database; may be missing")
    parse = commands.add_parser("parse", help="understand texts: JSON lines in, JSON lines out")
    parse.add_argument("--model", type=Path, required=True)
    commands.add_parser("validate", help="check nlu_data/ as `rasa data validate` does")
    return parser


if __name__ == "__main__":
    sys.exit(main())
