"""Looking for a word in all that the product keeps outside PostgreSQL's own files: databases, folder and logs."""

from pathlib import Path

import psycopg
from psycopg import sql

from tests.system.product import Product

DATABASES = ("xahoi", "rasa")
_TABLES = """
    select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_toast'
"""


def traces(product: Product, word: str) -> list[str]:
    """Each table (“database: schema.table”) and file that holds the word, however written."""
    found = []
    for name in DATABASES:
        with product.database(name) as connection:
            found += [f"{name}: {table}" for table in _tables_with(connection, word)]
    return found + [str(path) for path in _files(product.data_dir) if _holds(path.read_bytes(), word)]


def _tables_with(connection: psycopg.Connection, word: str) -> list[str]:
    tables = connection.execute(_TABLES).fetchall()
    assert tables
    return [f"{schema}.{table}" for schema, table in tables if _holds(_dump(connection, schema, table), word)]


def _dump(connection: psycopg.Connection, schema: str, table: str) -> bytes:
    statement = sql.SQL("copy (select t::text from {} t) to stdout").format(sql.Identifier(schema, table))
    with connection.cursor().copy(statement) as rows:
        return b"".join(bytes(row) for row in rows)


def _holds(content: bytes, word: str) -> bool:
    """Plain, or as a ``bytea`` column shows it."""
    low = content.lower()
    return word.encode() in low or word.encode().hex().encode() in low


def _files(folder: Path) -> list[Path]:
    own = folder / "postgres"
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_relative_to(own)]
