"""Triggers by which the database itself refuses to alter the log.

They stop mistakes and injected SQL. The owner of the tables can drop them; against the owner stand
the chain and the checkpoints kept elsewhere.
"""

from __future__ import annotations

from sqlalchemy import Connection, text


def install_guards(connection: Connection) -> None:
    """For migrations, after the tables: `install_guards(op.get_bind())`. May be run again."""
    for statement in (_REFUSE, _ONLY_SEALING, *_TRIGGERS):
        connection.execute(text(statement))


_REFUSE = """
    CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the audit log is append-only: % on % refused', TG_OP, TG_TABLE_NAME
              USING ERRCODE = 'insufficient_privilege';
    END $$"""

_ONLY_SEALING = """
    CREATE OR REPLACE FUNCTION audit_only_sealing() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.sequence IS NOT NULL OR
           (NEW.id, NEW.at, NEW.actor_id, NEW.actor_end, NEW.action, NEW.subject_type,
            NEW.subject_id, NEW.details, NEW.reason)
           IS DISTINCT FROM
           (OLD.id, OLD.at, OLD.actor_id, OLD.actor_end, OLD.action, OLD.subject_type,
            OLD.subject_id, OLD.details, OLD.reason)
        THEN
            RAISE EXCEPTION 'the audit log is append-only: an entry is sealed once'
                  USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END $$"""

_TRIGGERS = (
    """CREATE OR REPLACE TRIGGER audit_entry_arrives_unsealed BEFORE INSERT ON audit_entry
       FOR EACH ROW WHEN (NEW.sequence IS NOT NULL) EXECUTE FUNCTION audit_refuse()""",
    """CREATE OR REPLACE TRIGGER audit_entry_is_sealed_once BEFORE UPDATE ON audit_entry
       FOR EACH ROW EXECUTE FUNCTION audit_only_sealing()""",
    """CREATE OR REPLACE TRIGGER audit_entry_stays BEFORE DELETE OR TRUNCATE ON audit_entry
       FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    """CREATE OR REPLACE TRIGGER audit_checkpoint_stays
       BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoint
       FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
)
