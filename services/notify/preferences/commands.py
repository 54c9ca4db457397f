"""Taking down what somebody chose; it holds for what is written from then on."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert

from services.notify.deed import Deed
from services.notify.preferences.domain.choice import Choice
from services.notify.preferences.domain.choosing import (
    PreferenceNotYours,
    check_owners,
    check_staffs,
    refused_texts,
)
from services.notify.preferences.schemas import FAMILIES, PreferencesBody, PreferencesOut
from services.notify.preferences.tables import Preference
from shared import audit
from shared.identity import End
from shared.rulebook.sections.notices import Notices, QuietHours


async def choose(deed: Deed, body: PreferencesBody) -> PreferencesOut:
    """Raises PreferenceNotYours, QuietHoursOutOfBounds or TooManyDigestTimes."""
    rules = deed.runtime.rulebooks.in_force_at(deed.at).notices
    decide = _owners if deed.actor.end is End.OWNER else _staffs
    choice = decide(body, rules)
    await _keep(deed, choice)
    audit.append(
        deed.session,
        actor=deed.actor,
        action="preferences.chosen",
        subject_type="person",
        subject_id=deed.actor.id,
        at=deed.at,
    )
    return PreferencesOut.of(deed.actor, choice, rules)


def _owners(body: PreferencesBody, rules: Notices) -> Choice:
    if body.wechat is not None or body.digest is not None:
        raise PreferenceNotYours
    hours = body.quiet_hours
    quiet = QuietHours(begins=hours.begins, ends=hours.ends) if hours else None
    choice = Choice(refused_texts(body.text_messages or {}, FAMILIES), quiet)
    check_owners(choice, rules)
    return choice


def _staffs(body: PreferencesBody, rules: Notices) -> Choice:
    if body.text_messages is not None or body.quiet_hours is not None:
        raise PreferenceNotYours
    active = body.digest is None or body.digest.active
    times = sorted(set(body.digest.times)) if body.digest and active else []
    choice = Choice(wechat=body.wechat is not False, digest=active, digest_times=tuple(times))
    check_staffs(choice, rules)
    return choice


async def _keep(deed: Deed, choice: Choice) -> None:
    row = {
        "refused_texts": sorted(choice.refused_texts),
        "quiet_begins": choice.quiet.begins if choice.quiet else None,
        "quiet_ends": choice.quiet.ends if choice.quiet else None,
        "wechat": choice.wechat,
        "digest": choice.digest,
        "digest_times": list(choice.digest_times),
        "changed_at": deed.at,
    }
    kept = insert(Preference).values(person_id=deed.actor.id, **row)
    await deed.session.execute(kept.on_conflict_do_update(index_elements=["person_id"], set_=row))
