"""Triggers by which the database itself refuses to alter what a run found."""

from __future__ import annotations

from sqlalchemy import Connection, text

_REFUSE = """
    CREATE OR REPLACE FUNCTION evaluation_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'results of a run are frozen: % on % refused', TG_OP, TG_TABLE_NAME
              USING ERRCODE = 'insufficient_privilege';
    END $$"""
_STAYS = """
    CREATE OR REPLACE TRIGGER evaluation_result_stays BEFORE UPDATE OR DELETE OR TRUNCATE
    ON evaluation_result FOR EACH STATEMENT EXECUTE FUNCTION evaluation_refuse()"""


def install_guards(connection: Connection) -> None:
    """For migrations, after the tables. May be run again."""
    for statement in (_REFUSE, _STAYS):
        connection.execute(text(statement))
