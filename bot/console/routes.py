"""Every page of the console, behind one guard."""

from litestar import Router
from litestar.types import ControllerRouterHandler

from bot.console.access import NotLoggedIn, admit, to_login
from bot.console.attachments import Attachments
from bot.console.blocks import Blocks
from bot.console.calendar import CalendarPages
from bot.console.case_details import CaseDetails
from bot.console.case_merging import CaseMerging
from bot.console.case_transfers import CaseTransfers
from bot.console.cases import Cases
from bot.console.channels import ChannelPages
from bot.console.conventions import Conventions
from bot.console.data_requests import DataRequests
from bot.console.deadlines import Deadlines
from bot.console.login import Login
from bot.console.originals import Originals
from bot.console.publications import Publications
from bot.console.receptions import Receptions
from bot.console.recordings import Recordings
from bot.console.routing import Routing
from bot.console.sealings import Sealings
from bot.console.talks import Talks
from bot.console.tally import Tally
from bot.console.undelivered import UndeliveredMessages
from bot.console.unreached import UnreachedNotices

PAGES: list[ControllerRouterHandler] = [
    Login,
    Talks,
    DataRequests,
    UnreachedNotices,
    UndeliveredMessages,
    Cases,
    Deadlines,
    CaseTransfers,
    CaseDetails,
    CaseMerging,
    Blocks,
    Publications,
    Receptions,
    Tally,
    Conventions,
    Recordings,
    Attachments,
    Originals,
    Routing,
    CalendarPages,
    ChannelPages,
    Sealings,
]

console_router = Router(
    "/console",
    route_handlers=PAGES,
    guards=[admit],
    exception_handlers={NotLoggedIn: to_login},
    include_in_schema=False,
    request_max_body_size=262_144,
    response_headers={"Cache-Control": "no-store"},
)
