"""From a folder of sources to a running product: the order of a start, and of a stop."""

import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from bot.settings import Settings
from bot.supervisor import programs, stand_ins
from bot.supervisor.data_folder import DataFolder
from bot.supervisor.environment import read_settings
from bot.supervisor.health import reachable_host
from bot.supervisor.model import island_python, model_path, remove_old, train
from bot.supervisor.ports import require_free
from bot.supervisor.postgres import STOP_SECONDS, EmbeddedPostgres
from bot.supervisor.problems import AlreadySaid, CannotStart
from bot.supervisor.processes import Program, Stopped, Supervisor

CANNOT_START = 2

Say = Callable[[str], None]


def run(say: Say) -> None:
    """Start everything, keep it alive until SIGTERM or Ctrl-C, stop it. Raises CannotStart with one clear line."""
    settings = read_settings()
    folder = DataFolder(settings.data_dir.resolve())
    island_python()
    folder.make()
    with folder.lock():
        require_free(settings.host, settings.port)
        stand_ins.require_ready(settings)
        folder.ensure_server_key()
        if settings.clock:
            os.environ.setdefault("CLOCK_STARTED", str(time.time()))
        supervisor = Supervisor(folder.logs, folder.pids, say)
        supervisor.listen_to_signals()
        try:
            with suppress(Stopped):
                _start(supervisor, settings, folder, say)
                say(_welcome(settings, folder))
                supervisor.keep_alive()
        finally:
            say("Đang dừng…")
            supervisor.stop(*programs.STOP_ORDER)
    say("Đã dừng.")


def _start(supervisor: Supervisor, settings: Settings, folder: DataFolder, say: Say) -> None:
    wiring = programs.wire(settings, _database(supervisor, settings, folder, say))
    say("Chuẩn bị cơ sở dữ liệu và nội dung…")
    if (code := supervisor.run_once(programs.first_start(wiring), on_screen=True)) == CANNOT_START:
        raise AlreadySaid
    if code:
        raise CannotStart(f"Chưa chuẩn bị được cơ sở dữ liệu (mã {code}, xem phía trên).")
    model = model_path(folder.models)
    if not model.exists():
        train(supervisor, model, say)
    remove_old(folder.models, model)
    say("Khởi động…")
    _start_all(
        supervisor, [*stand_ins.programs(settings, wiring.environment), *programs.beside_postgres(wiring, model)]
    )
    if stand_ins.wanted(settings) and supervisor.run_once(stand_ins.connecting(wiring.environment)):
        raise CannotStart(f"Chưa nối được với Zalo giả. Hãy xem {folder.logs / 'connect-platforms.log'}")


def _start_all(supervisor: Supervisor, wanted: Sequence[Program]) -> None:
    supervisor.add(*wanted)
    supervisor.wait_until_healthy(*(program.name for program in wanted))


def _database(supervisor: Supervisor, settings: Settings, folder: DataFolder, say: Say) -> str:
    """The URL of our database: on the server given, or on the embedded one, which is then running."""
    if settings.database_url:
        folder.write_readme(None)
        return settings.database_url
    say("Khởi động PostgreSQL…")
    postgres = EmbeddedPostgres(folder.path)
    folder.write_readme(postgres.home)
    postgres.prepare()
    supervisor.add(embedded(postgres))
    supervisor.wait_until_healthy("postgres")
    postgres.ensure_role()
    return postgres.url()


def embedded(postgres: EmbeddedPostgres) -> Program:
    """The embedded server as one of the supervisor's children."""
    return Program(
        "postgres",
        healthy=postgres.ready,
        start=postgres.start,
        stop_signal=postgres.stop_signal,
        stop_seconds=STOP_SECONDS,
    )


def _welcome(settings: Settings, folder: DataFolder) -> str:
    host = reachable_host(settings.host)
    address = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"
    lines = ["Sẵn sàng.", f"  Người dân: {address}/", f"  Cán bộ:    {address}/console"]
    if settings.sample:
        lines.append(f"  Tài khoản mẫu: {folder.sample_accounts}")
    if stand_ins.wanted(settings):
        at = stand_ins.addresses(settings)
        lines += [f"  Zalo giả:     {at['zalo']}/", f"  Telegram giả: {at['telegram']}/"]
    return "\n".join([*lines, f"  Nhật ký: {folder.logs}", "Dừng: Ctrl-C"])
