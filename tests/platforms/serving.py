"""Serving a stand-in on loopback, and not being there for a while."""

import asyncio
from typing import Any

import uvicorn


class LoopbackServer(uvicorn.Server):
    """A uvicorn server whose port can be closed for a while, open connections included."""

    async def vanish(self, seconds: float) -> None:
        """Answer the call that asked for it, then let nobody in for so long."""
        await asyncio.sleep(0.05)
        for listening in self.servers:
            listening.close()
        for connection in list(self.server_state.connections):
            if connection.transport is not None:
                connection.transport.abort()
        await asyncio.sleep(seconds)
        await self.startup()


def server(app: Any, port: int, host: str = "127.0.0.1") -> LoopbackServer:
    """A server that is quiet and stops at once."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        lifespan="off",
        log_config=None,
        access_log=False,
        log_level="critical",
        timeout_graceful_shutdown=0,
    )
    return LoopbackServer(config)
