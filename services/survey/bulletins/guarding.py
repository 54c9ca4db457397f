"""Triggers by which the database itself refuses to alter what was published (D10)."""

from __future__ import annotations

from sqlalchemy import Connection, text

_REFUSE = """
    CREATE OR REPLACE FUNCTION bulletin_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'a published edition stays as it is: % on % refused', TG_OP, TG_TABLE_NAME
              USING ERRCODE = 'insufficient_privilege';
    END $$"""
_STAYS = """
    CREATE OR REPLACE TRIGGER bulletin_edition_stays BEFORE UPDATE OR DELETE
    ON bulletin_edition FOR EACH ROW WHEN (OLD.state = 'PUBLISHED')
    EXECUTE FUNCTION bulletin_refuse()"""
_NOT_EMPTIED = """
    CREATE OR REPLACE TRIGGER bulletin_edition_not_emptied BEFORE TRUNCATE
    ON bulletin_edition FOR EACH STATEMENT EXECUTE FUNCTION bulletin_refuse()"""


def install_guards(connection: Connection) -> None:
    """For migrations, after the tables. May be run again."""
    for statement in (_REFUSE, _STAYS, _NOT_EMPTIED):
        connection.execute(text(statement))
