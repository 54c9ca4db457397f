"""Filing complaints: the one path that must stay cheap when a whole city complains at once.

Every complaint, from whatever door, is a `Filing` handed to the `FilingDesk`. Filings that arrive
while the desk is writing are gathered, and up to 64 of them share one transaction and its one
fsync; nobody waits on purpose for others to come. For the whole batch there is

    one look-up   what is known of the estates, the homes and the idempotency keys   (grounds)
    another       of those who file in person: consent, guardian, how often           (persons)
    one claim     of the keys, of the running numbers and of what addresses filed     (claims)
    one insert    of complaints, timelines, audit entries and events                  (insertion)

and two more where files are attached: they are held first, and given their complaint (attaching);
nobody is answered before the commit.

Filings share a transaction, never a fate. A refused one (unknown estate, key used for another
body) is left out before anything is written. One whose key somebody else claims in the same
moment goes round again and then finds the first answer. And when the database refuses the batch,
each filing is written alone, so that only the bad one fails.
"""

from __future__ import annotations

from services.intake.complaints.filing.desk import FilingDesk, OutcomeUnknown
from services.intake.complaints.filing.filing import Filed, Filing, OnceKey
from services.intake.complaints.filing.preparing import Door, Draft, prepare

__all__ = [
    "Door",
    "Draft",
    "Filed",
    "Filing",
    "FilingDesk",
    "OnceKey",
    "OutcomeUnknown",
    "prepare",
]
