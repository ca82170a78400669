"""The two databases on a server: ours, and Rasa's beside it."""

from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from bot.supervisor.problems import CannotStart

CONNECT_SECONDS = 5
MAINTENANCE = "postgres"


def with_database(url: str, database: str) -> str:
    """The same libpq URL, naming another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{quote(database)}"))


def rasa_tracker_url(url: str, database: str) -> str:
    """The URL of Rasa's database as SQLAlchemy 1.4 with psycopg2 reads it: the only driver Rasa has."""
    parts = urlsplit(with_database(url, database))
    return urlunsplit(parts._replace(scheme="postgresql+psycopg2"))


def create_databases(url: str, rasa_database: str = "rasa") -> None:
    """Both databases exist; missing ones are made, which takes the right to (CREATEDB).

    Raises CannotStart, without the password, when the server does not answer or refuses.
    """
    if urlsplit(url).scheme not in ("postgresql", "postgres"):
        raise CannotStart("DATABASE_URL phải có dạng postgresql://tài_khoản:mật_khẩu@máy_chủ:5432/xahoi")
    try:
        for database in (_database(url), rasa_database):
            if not _exists(url, database):
                _create(with_database(url, MAINTENANCE), database)
        _check_encoding(url)
    except psycopg.Error as problem:
        raise CannotStart(_message(url, problem)) from problem


def _database(url: str) -> str:
    about = conninfo_to_dict(url)
    return str(about.get("dbname") or about.get("user"))


def create_role(superuser_url: str, role: str) -> None:
    """A role that may log in and make databases exists on the server."""
    with psycopg.connect(superuser_url, autocommit=True, connect_timeout=CONNECT_SECONDS) as connection:
        if not connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone():
            connection.execute(sql.SQL("create role {} login createdb").format(sql.Identifier(role)))


def _exists(url: str, database: str) -> bool:
    """Ask the database itself; only if it does not answer, ask the server (``postgres`` may be closed to us)."""
    try:
        psycopg.connect(with_database(url, database), connect_timeout=CONNECT_SECONDS).close()
    except psycopg.OperationalError:
        with psycopg.connect(with_database(url, MAINTENANCE), connect_timeout=CONNECT_SECONDS) as connection:
            if connection.execute("select 1 from pg_database where datname = %s", [database]).fetchone():
                raise
        return False
    return True


def _create(url: str, database: str) -> None:
    command = sql.SQL("create database {} encoding 'UTF8' template template0").format(sql.Identifier(database))
    with psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_SECONDS) as connection:
        connection.execute(command)


def _check_encoding(url: str) -> None:
    with psycopg.connect(url, connect_timeout=CONNECT_SECONDS) as connection:
        if (encoding := connection.info.parameter_status("server_encoding")) != "UTF8":
            raise CannotStart(
                f"Cơ sở dữ liệu {_database(url)} dùng bảng mã {encoding}. Hãy tạo lại với encoding 'UTF8'."
            )


def _message(url: str, problem: psycopg.Error) -> str:
    about = urlsplit(url)
    place = f"{about.hostname or 'localhost'}:{about.port or 5432}"
    reason = " ".join(str(problem).split())
    return (
        f"Không dùng được PostgreSQL ở DATABASE_URL ({place}): {reason}. "
        "Hãy kiểm tra máy chủ, tài khoản và DATABASE_URL, hoặc bỏ trống DATABASE_URL để dùng bản đi kèm."
    )
