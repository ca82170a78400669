"""The sub-commands ``run``, ``train`` and ``status``."""

import argparse
import json
import os

import psutil

from bot.supervisor.data_folder import DataFolder
from bot.supervisor.environment import read_settings
from bot.supervisor.lifeline import stop_with_parent
from bot.supervisor.model import model_path, remove_old, train
from bot.supervisor.processes import Stopped, Supervisor
from bot.supervisor.run import run


def add(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Put them into the command's parser."""
    starting = subcommands.add_parser("run", help="chạy tất cả trên máy này, đến khi Ctrl-C hoặc SIGTERM")
    starting.set_defaults(command=_run)
    training = subcommands.add_parser("train", help="huấn luyện mô hình nếu nguồn đã thay đổi")
    training.add_argument("--force", action="store_true", help="huấn luyện lại dù đã có mô hình")
    training.set_defaults(command=_train)
    asking = subcommands.add_parser("status", help="các tiến trình của bản này")
    asking.set_defaults(command=_status)


def _say(line: str) -> None:
    print(line, flush=True)


def _run(_: argparse.Namespace) -> int:
    if "MAKELEVEL" in os.environ:
        stop_with_parent()
    run(_say)
    return 0


def _train(chosen: argparse.Namespace) -> int:
    folder = DataFolder(read_settings().data_dir.resolve())
    folder.make()
    target = model_path(folder.models)
    if target.exists() and not chosen.force:
        _say(f"Mô hình đã có: {target}")
        return 0
    supervisor = Supervisor(folder.logs, folder.pids, _say)
    supervisor.listen_to_signals()
    try:
        train(supervisor, target, _say)
    except Stopped:
        return 130
    remove_old(folder.models, target)
    return 0


def _status(_: argparse.Namespace) -> int:
    """0 when every process lives, 1 when one does not or nothing runs."""
    folder = DataFolder(read_settings().data_dir.resolve())
    if not folder.is_locked() or not folder.pids.exists():
        _say(f"Không có bản nào đang chạy với DATA_DIR={folder.path}")
        return 1
    lives = {name: psutil.pid_exists(pid) for name, pid in json.loads(folder.pids.read_text()).items()}
    for name, is_alive in lives.items():
        _say(f"{name:10} {'đang chạy' if is_alive else 'đã dừng, sắp chạy lại'}")
    return 0 if all(lives.values()) else 1
