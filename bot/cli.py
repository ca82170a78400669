"""The command of those who run the product: ``bot run|train|status|official|province|…``. Wires, decides nothing."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from pathlib import Path

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.cases.commands import fields_command, verify_command
from bot.db import create_engine
from bot.gaps.commands import Wanted, group_command, list_command
from bot.gaps.service import GapRefused
from bot.officials.commands import add_official_command, new_password_command
from bot.officials.permissions import ROLES
from bot.officials.service import AccountRefused
from bot.privacy.commands import retention_command
from bot.provinces import ProvinceRefused, add_province_command, add_village_command
from bot.supervisor import commands
from bot.supervisor.environment import read_settings
from bot.supervisor.problems import CannotStart
from bot.supervisor.reach import database
from knowledge_base import check
from knowledge_base.conventions.commands import confirm_command, import_command
from knowledge_base.conventions.files import Unreadable
from knowledge_base.conventions.service import ConventionRefused, Recognition

Command = Callable[[argparse.Namespace], int]
Work = Callable[[AsyncEngine], Awaitable[int | None]]
NOT_READY = "Cơ sở dữ liệu chưa sẵn sàng: hãy khởi động một lần bằng “make run”, với cùng DATA_DIR."


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when it went well; 2 after one line saying what is wrong and what to do."""
    chosen = parser().parse_args(arguments)
    command: Command = chosen.command
    try:
        return command(chosen)
    except (CannotStart, AccountRefused, ProvinceRefused, ConventionRefused, GapRefused, Unreadable) as problem:
        print(f"Lỗi: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    """Every sub-command."""
    top = argparse.ArgumentParser(prog="bot", description="Xã hỏi – Tỉnh trả lời: lệnh của người vận hành")
    subcommands = top.add_subparsers(required=True, metavar="LỆNH")
    commands.add(subcommands)
    _add_official(subcommands)
    _add_province(subcommands)
    _add_knowledge(subcommands)
    _add_case(subcommands)
    _add_retention(subcommands)
    return top


def _add_official(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    accounts = subcommands.add_parser("official", help="tài khoản cán bộ").add_subparsers(required=True, metavar="VIỆC")
    adding = accounts.add_parser("add", help="thêm tài khoản, in mật khẩu một lần")
    adding.add_argument("--user", required=True, help="tên đăng nhập")
    adding.add_argument("--role", required=True, choices=list(ROLES), help="vai trò")
    adding.add_argument("--office", help="mã đơn vị; bỏ trống là đầu mối của tỉnh")
    adding.add_argument("--title", help="chức danh hiện cho người dân và đồng nghiệp")
    adding.set_defaults(command=_official_add)
    renewing = accounts.add_parser("password", help="đặt mật khẩu mới, in một lần")
    renewing.add_argument("--user", required=True)
    renewing.set_defaults(command=_official_password)


def _add_province(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    provinces = subcommands.add_parser("province", help="tỉnh được phục vụ").add_subparsers(
        required=True, metavar="VIỆC"
    )
    adding = provinces.add_parser("add", help="lập tỉnh thật với mọi xã, phường và tên cũ")
    adding.add_argument("name", help="tên tỉnh, ví dụ “Lai Châu”")
    adding.set_defaults(
        command=lambda chosen: _on_database(lambda engine: add_province_command(engine, name=chosen.name))
    )
    village = provinces.add_parser("village", help="thêm một thôn, bản, tổ dân phố")
    village.add_argument("village", help="ví dụ “bản Hon”")
    village.add_argument("--commune", required=True, help="ví dụ “xã Khun Há”")
    village.set_defaults(command=_village)


def _village(chosen: argparse.Namespace) -> int:
    asked = {"village": chosen.village, "commune": chosen.commune}
    return _on_database(lambda engine: add_village_command(engine, **asked))


def _add_knowledge(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    knowledge = subcommands.add_parser("kb", help="kho trả lời").add_subparsers(required=True, metavar="VIỆC")
    checking = knowledge.add_parser("check", help="soát các tệp của kho trả lời")
    checking.set_defaults(command=lambda chosen: check.main([]))
    importing = knowledge.add_parser("import-convention", help="nhập quy ước của một thôn, bản thành bản nháp")
    importing.add_argument("file", type=Path, help="tệp .docx, .pdf hoặc .txt")
    importing.add_argument("--village", required=True, help="ví dụ “bản Hon, xã Khun Há”")
    _add_recognition(importing)
    importing.set_defaults(command=_import_convention)
    confirming = knowledge.add_parser("confirm-convention", help="xác nhận một bản nháp quy ước")
    confirming.add_argument("draft", type=int, help="số bản nháp, như lệnh nhập đã in")
    _add_recognition(confirming)
    confirming.set_defaults(command=_confirm_convention)
    _add_gaps(knowledge.add_parser("gaps", help="những câu trợ lý chưa đáp được, gộp thành nhóm"))


def _add_gaps(gaps: argparse.ArgumentParser) -> None:
    gaps.add_argument("--group", type=int, metavar="SỐ", help="một nhóm, theo số trong danh sách")
    made = gaps.add_mutually_exclusive_group()
    made.add_argument("--to", metavar="MÃ", help="thành cách hỏi của câu trả lời này, chờ duyệt")
    made.add_argument("--draft", type=Path, metavar="TỆP", help="viết bản nháp câu trả lời mới vào tệp này")
    made.add_argument("--dismiss", action="store_true", help="bỏ nhóm này")
    gaps.add_argument("--approve", action="store_true", help="cùng --to: duyệt luôn các cách hỏi")
    gaps.set_defaults(command=_gaps)


def _gaps(chosen: argparse.Namespace) -> int:
    wanted = Wanted(chosen.to, chosen.approve, chosen.draft, chosen.dismiss)
    if chosen.group is None:
        if wanted != Wanted():
            raise GapRefused("Hãy cho biết nhóm nào: --group SỐ")
        return _on_database(list_command)
    return _on_database(lambda engine: group_command(engine, number=chosen.group, wanted=wanted))


def _add_recognition(command: argparse.ArgumentParser) -> None:
    command.add_argument("--adopted-on", type=date.fromisoformat, help="ngày dân thông qua, ví dụ 2025-11-16")
    command.add_argument("--recognised-on", type=date.fromisoformat, help="ngày được công nhận")
    command.add_argument("--recognised-by", help="nơi công nhận, ví dụ “UBND xã Khun Há”")


def _recognition(chosen: argparse.Namespace) -> Recognition:
    return Recognition(chosen.adopted_on, chosen.recognised_on, chosen.recognised_by)


def _import_convention(chosen: argparse.Namespace) -> int:
    asked = {"file": chosen.file, "village": chosen.village, "recognition": _recognition(chosen)}
    return _on_database(lambda engine: import_command(engine, **asked))


def _confirm_convention(chosen: argparse.Namespace) -> int:
    asked = {"draft_id": chosen.draft, "recognition": _recognition(chosen)}
    return _on_database(lambda engine: confirm_command(engine, **asked))


def _add_case(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    cases = subcommands.add_parser("case", help="vụ việc").add_subparsers(required=True, metavar="VIỆC")
    verifying = cases.add_parser("verify", help="kiểm tra lịch sử của một vụ việc còn nguyên")
    verifying.add_argument("code", help="mã phiếu")
    verifying.add_argument("--fingerprint", metavar="DẤU", help="dấu vết trên biên nhận mà người dân đưa")
    verifying.set_defaults(command=_verify)
    learning = cases.add_parser("fields", help="in các phiếu cán bộ đã sửa lĩnh vực, dạng “lĩnh vực: lời”, để dạy thêm")
    learning.set_defaults(command=_corrected_fields)


def _verify(chosen: argparse.Namespace) -> int:
    return _on_database(lambda engine: verify_command(engine, chosen.code, chosen.fingerprint))


def _corrected_fields(chosen: argparse.Namespace) -> int:
    return _on_database(fields_command)


def _add_retention(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    keeping = subcommands.add_parser("retention", help="xóa những gì đã quá hạn giữ (worker cũng tự làm mỗi ngày)")
    keeping.add_argument("--dry-run", action="store_true", help="chỉ nói sẽ xóa gì")
    keeping.set_defaults(command=_retention)


def _retention(chosen: argparse.Namespace) -> int:
    given = read_settings()
    return _on_database(lambda engine: retention_command(engine, given, dry_run=chosen.dry_run))


def _official_add(chosen: argparse.Namespace) -> int:
    asked = {"user": chosen.user, "role": chosen.role, "office": chosen.office, "title": chosen.title}
    return _on_database(lambda engine: add_official_command(engine, **asked))


def _official_password(chosen: argparse.Namespace) -> int:
    return _on_database(lambda engine: new_password_command(engine, user=chosen.user))


def _on_database(work: Work) -> int:
    try:
        with database(read_settings()) as url:
            return asyncio.run(_with_engine(work, url))
    except (psycopg.OperationalError, DBAPIError) as problem:
        raise CannotStart(NOT_READY) from problem


async def _with_engine(work: Work, url: str) -> int:
    engine = create_engine(url)
    try:
        return await work(engine) or 0
    finally:
        await engine.dispose()


if __name__ == "__main__":
    sys.exit(main())
