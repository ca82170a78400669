"""The record of what officials put away as denunciations; nobody reads here what it was."""

from litestar import Controller, get
from litestar.datastructures import State
from litestar.response import Template

from bot.console.access import Asked
from bot.console.pages import page
from bot.conversations import sealings
from bot.db import unit_of_work
from bot.officials.permissions import Permission

SHOWN = 300


class Sealings(Controller):
    """For those who check."""

    path = "/sealings"

    @get("/", permission=Permission.SEE_SEALINGS)
    async def show(self, request: Asked, state: State) -> Template:
        """The newest first."""
        async with unit_of_work(state.engine) as session:
            lines = await sealings.newest(session, SHOWN)
        return page(request, "console/sealings.html", section="sealings", lines=lines, limit=SHOWN)
