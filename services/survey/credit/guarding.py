"""Triggers by which the database itself refuses to alter the credit file."""

from __future__ import annotations

from sqlalchemy import Connection, text

_REFUSE = """
    CREATE OR REPLACE FUNCTION credit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the credit file is append-only: % on % refused', TG_OP, TG_TABLE_NAME
              USING ERRCODE = 'insufficient_privilege';
    END $$"""
_STAYS = """
    CREATE OR REPLACE TRIGGER credit_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE
    ON credit_entry FOR EACH STATEMENT EXECUTE FUNCTION credit_refuse()"""


def install_guards(connection: Connection) -> None:
    """For migrations, after the tables. May be run again."""
    for statement in (_REFUSE, _STAYS):
        connection.execute(text(statement))
