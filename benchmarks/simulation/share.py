"""One process of the simulation: lives its communes' days as it is told to, over a pipe."""

import asyncio
import gc
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from random import Random
from uuid import UUID

from benchmarks.simulation.life import Life
from benchmarks.simulation.town import Town
from benchmarks.simulation.year import Arrival
from bot.db import create_engine


@dataclass(frozen=True)
class Share:
    """What a process starts with."""

    url: str
    seed: str
    town: Town
    arrivals: Sequence[Arrival]


@dataclass(frozen=True)
class HalfDay:
    """Read these warnings, then live until ``end``."""

    begin: datetime
    end: datetime
    warnings: Sequence[tuple[UUID, str]]


@dataclass(frozen=True)
class Lived:
    """Whether anything is still to happen."""

    busy: bool


def serve(share: Share, pipe: Connection) -> None:
    """The process: half days in, ``Lived`` out; None ends it with counts and the ids of all its cases."""
    asyncio.run(_serve(share, pipe))


async def _serve(share: Share, pipe: Connection) -> None:
    engine = create_engine(share.url, pool_size=1)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    life = Life(engine, Random(share.seed), share.town)  # noqa: S311 - dice, no secret
    life.expect(share.arrivals)
    while (order := pipe.recv()) is not None:
        await life.heed(order.warnings, order.begin)
        await life.live_until(order.end)
        pipe.send(Lived(life.busy))
    pipe.send((life.done, set(life.plans)))
    await engine.dispose()
