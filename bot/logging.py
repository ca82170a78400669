"""Logs carry ids and figures, never what somebody wrote."""

import logging

import structlog


def configure_logging(level: str) -> None:
    """One JSON line per happening on standard output; exceptions by type and place, without local variables."""
    logging.basicConfig(level=level, format="%(levelname)s %(name)s %(message)s")
    quieten(logging.getLevelNamesMapping()[level])
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
    )


def quieten(level: int) -> None:
    """Libraries that tell addresses (one holds a token) or what was sent say nothing of it, whatever the level."""
    for noisy in ("httpx", "httpcore", "procrastinate", "sqlalchemy"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, level))
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
