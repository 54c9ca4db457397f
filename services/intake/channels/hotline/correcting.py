"""An order that comes again in other words (B03): the first answer stands, the words are added."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from services.intake.channels.details import details_of, locked
from services.intake.channels.domain.orders import corrected_words
from services.intake.channels.hotline.schemas import HotlineOrder
from services.intake.channels.tables import HotlineCorrection
from services.intake.complaints.commands.supplementing import narrative_of, supplement, take_in
from services.intake.complaints.deed import Deed, record, tell
from services.intake.complaints.domain.lifecycle import Action, allows
from services.intake.complaints.domain.privacy import public_state
from services.intake.complaints.domain.supplying import Supplement
from services.intake.complaints.domain.wording import Line
from services.intake.complaints.queries import of_ids
from services.intake.complaints.tables import Complaint
from shared.contracts.intake import ComplaintSupplemented
from shared.contracts.vocabulary import ComplaintStatus
from shared.identifiers import mobile_number
from shared.identity import Actor
from shared.ids import new_id
from shared.runtime import Runtime

LINE = Line("热线更正", "12345热线更正了工单内容，已转告承办单位。")
HANDLED = frozenset({ComplaintStatus.SUBMITTED, ComplaintStatus.ACCEPTED, ComplaintStatus.MERGED})


async def note_correction(
    runtime: Runtime, actor: Actor, complaint_id: UUID, order: HotlineOrder
) -> None:
    """The same wording as the last time changes nothing; each is kept once."""
    async with runtime.database.transaction() as session:
        (complaint,) = await of_ids(session, [complaint_id])
        deed = Deed(session, runtime, actor, runtime.clock.now())
        last = details_of(runtime, complaint)
        if last.get("fingerprint") in (None, order.fingerprint()):
            return
        await _keep(deed, complaint, order)
        said = json.dumps(last | order.wording(), ensure_ascii=False)
        complaint.details = locked(runtime, complaint, "details", said)
        await _take_over(deed, complaint, order, last)


async def _keep(deed: Deed, complaint: Complaint, order: HotlineOrder) -> None:
    id = new_id()
    row = {
        "id": id,
        "complaint_id": complaint.id,
        "fingerprint": order.fingerprint(),
        "received_at": deed.at,
        "body": deed.runtime.cipher.encrypt(
            order.model_dump_json(exclude_defaults=True),
            table="hotline_correction",
            row_id=id,
            column="body",
        ),
    }
    await deed.session.execute(insert(HotlineCorrection).values(row).on_conflict_do_nothing())


async def _take_over(
    deed: Deed, complaint: Complaint, order: HotlineOrder, last: Mapping[str, Any]
) -> None:
    """A number to call back is replaced; words are added, as long as anybody handles them."""
    if order.reporter_mobile and complaint.owner_id is None:
        mobile = mobile_number(order.reporter_mobile)
        complaint.contact_mobile = locked(deed.runtime, complaint, "contact_mobile", mobile)
    words = corrected_words(last["said"], order.wording()["said"])
    if words is None:
        record(deed, complaint, "complaint.corrected")
    elif allows(ComplaintStatus(complaint.state), Action.SUPPLY):
        await supplement(deed, complaint, Supplement(text=words))
    elif complaint.state in HANDLED:
        await _add(deed, complaint, words)


async def _add(deed: Deed, complaint: Complaint, words: str) -> None:
    """Nothing was asked for, so the state stays as it is."""
    complaint.version += 1
    await take_in(deed, complaint, Supplement(text=words))
    record(deed, complaint, "complaint.corrected")
    added = ComplaintSupplemented(
        complaint=public_state(complaint), narrative=await narrative_of(deed, complaint)
    )
    await tell(deed, complaint, added, LINE)
