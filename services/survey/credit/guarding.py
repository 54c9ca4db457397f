"""Triggers by which the database itself refuses to alter the credit file."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

ENTRIES = ("credit_entry",)
APPEALS = ("credit_appeal", "credit_appeal_decision")

_REFUSE = """
    CREATE OR REPLACE FUNCTION credit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the credit file is append-only: % on % refused', TG_OP, TG_TABLE_NAME
              USING ERRCODE = 'insufficient_privilege';
    END $$"""
_STAYS = """
    CREATE OR REPLACE TRIGGER {table}_stays BEFORE UPDATE OR DELETE OR TRUNCATE
    ON {table} FOR EACH STATEMENT EXECUTE FUNCTION credit_refuse()"""


def install_guards(connection: Connection, tables: Sequence[str] = ENTRIES) -> None:
    """For migrations, after the tables. May be run again."""
    connection.execute(text(_REFUSE))
    for table in tables:
        connection.execute(text(_STAYS.format(table=table)))
