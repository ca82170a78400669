"""Children that cannot outlive their parent, however the parent dies (Linux; elsewhere nothing is done)."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent(death_signal: signal.Signals) -> Callable[[], None]:
    """A ``preexec_fn``: the kernel sends the signal when the parent is gone.

    Popen calls it after setuid, which would clear it. The parent's *thread* counts, so spawn from the main thread only.
    """
    parent = os.getpid()

    def tie() -> None:
        if _libc is None:
            return
        _libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def stop_with_parent() -> None:
    """Ask the kernel to send us SIGTERM when our own parent (``make``) is gone."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
