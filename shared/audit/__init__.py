"""Who did what to whom, and when: an append-only log whose later alteration shows (P24, T26).

Entries are inserted in the transaction of the deed and sealed behind it: a worker gives committed
entries consecutive numbers and chains their hashes, so that writers never wait for each other.
Every minute the end of the chain is signed, and the signature is kept on another disk as well.

What this proves, and what not. An entry can be altered, removed or invented without trace by
whoever masters the database until it is sealed (a second or so, see `seal_all`); an entry that is
sealed but not yet covered by a signed checkpoint can be rewritten together with all after it (up to
a minute); an older one cannot without the signing key, and neither truncation nor a restored backup
goes unnoticed as long as the external checkpoints are out of the intruder's reach. The log shows
what the services reported; it cannot know what they left out.

Table `audit_entry`, for statements that insert it by hand (one CTE on a hot path):

    id            uuid         made in Python (`new_id`)
    at            timestamptz  the moment of the deed
    actor_id      uuid
    actor_end     text         `Actor.end`
    action        text         dotted, past tense: `complaint.submitted`
    subject_type  text
    subject_id    text
    details       jsonb        never personal; default `{}`
    reason        text         null; masked with `mask_text`
    sequence, prev_hash, hash  leave them out: the sealer fills them
"""

from __future__ import annotations

from shared.audit.checkpoints import BadCheckpoint, Checkpoint, CheckpointSigner, checkpoint
from shared.audit.entries import append
from shared.audit.guards import install_guards
from shared.audit.sealing import seal, seal_all
from shared.audit.tables import add_tables
from shared.audit.verification import Breach, Fault, Report, verify
from shared.audit.witness import export, read_witness, witness

__all__ = [
    "BadCheckpoint",
    "Breach",
    "Checkpoint",
    "CheckpointSigner",
    "Fault",
    "Report",
    "add_tables",
    "append",
    "checkpoint",
    "export",
    "install_guards",
    "read_witness",
    "seal",
    "seal_all",
    "verify",
    "witness",
]
