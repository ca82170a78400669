"""The file of a resident's own data, by the secret address that the chat gave them."""

import re
from typing import Annotated

from litestar import Controller, Response, get
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.params import Parameter

from bot.db import unit_of_work
from bot.media.storage import Files
from bot.privacy.files import PATH, fetch

NAME = re.compile(r"([0-9a-f]{64})\.(txt|zip)", re.ASCII)
MEDIA_TYPES = {"txt": "text/plain; charset=utf-8", "zip": "application/zip"}
Name = Annotated[str, Parameter(max_length=80, description="phần bí mật của địa chỉ; đuôi .txt hoặc .zip")]


class MyData(Controller):
    """Files made when they are fetched."""

    path = PATH
    include_in_schema = False

    @get("/{name:str}")
    async def own_data(self, state: State, name: Name) -> Response[bytes]:
        """As text or packed with its data for programs; nothing after a day."""
        found = None
        if named := NAME.fullmatch(name):
            async with unit_of_work(state.engine) as session:
                found = await fetch(session, named[1], named[2], state.clock(), Files(state.settings.data_dir))
        if named is None or found is None:
            raise NotFoundException
        headers = {
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="du-lieu-cua-toi.{named[2]}"',
            "Referrer-Policy": "no-referrer",
            "X-Robots-Tag": "noindex",
        }
        return Response(found, media_type=MEDIA_TYPES[named[2]], headers=headers)
