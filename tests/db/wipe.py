"""Emptying every table in a few milliseconds: truncating makes new files for each table, thirty times as slow."""

from sqlalchemy import Connection, text

TABLES = text(
    "select quote_ident(relname) from pg_class where relkind = 'r' and relname <> 'alembic_version' "
    "and relnamespace = 'public'::regnamespace"
)
REFERENCES = text(
    "select conrelid::regclass::text, confrelid::regclass::text from pg_constraint "
    "where contype = 'f' and conrelid <> confrelid"
)
USED_SEQUENCES = text("select quote_ident(sequencename) from pg_sequences where last_value is not null")
GUARD = "alter table case_entries {} trigger case_entries_append_only"


def wipe(connection: Connection) -> None:
    """Delete every row, those that refer to others first, and count ids from 1 again."""
    filled = _filled(connection)
    references = [(child, parent) for child, parent in connection.execute(REFERENCES)]
    connection.execute(text(GUARD.format("disable")))
    while filled:
        free = [name for name in filled if not any(p == name and c in filled for c, p in references)]
        for name in free or filled:
            connection.execute(text(f"delete from {name}"))
        filled = [name for name in filled if name not in (free or filled)]
    connection.execute(text(GUARD.format("enable")))
    for name in connection.scalars(USED_SEQUENCES).all():
        connection.execute(text(f"alter sequence {name} restart"))


def _filled(connection: Connection) -> list[str]:
    each = (f"(select '{name}' where exists (select from {name}))" for name in connection.scalars(TABLES).all())
    return list(connection.scalars(text(" union all ".join(each))))
