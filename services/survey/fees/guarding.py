"""Triggers by which the database itself refuses to alter what was reported."""

from __future__ import annotations

from sqlalchemy import Connection, text

_REFUSE = """
    CREATE OR REPLACE FUNCTION fee_version_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'reported fees are corrected by a new version: % on % refused',
              TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END $$"""
_STAYS = """
    CREATE OR REPLACE TRIGGER fee_report_version_stays BEFORE UPDATE OR DELETE OR TRUNCATE
    ON fee_report_version FOR EACH STATEMENT EXECUTE FUNCTION fee_version_refuse()"""


def install_guards(connection: Connection) -> None:
    """For migrations, after the tables. May be run again."""
    for statement in (_REFUSE, _STAYS):
        connection.execute(text(statement))
