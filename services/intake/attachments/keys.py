"""The key of each file, which lies encrypted in its row: without the row a content is noise."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from services.intake.attachments.locking import new_key
from services.intake.attachments.parts import Upload
from services.intake.attachments.store import FileStore
from services.intake.attachments.tables import Attachment
from shared.errors import Conflict
from shared.rulebook.sections.files import Files
from shared.runtime import Runtime

TABLE = "attachment"


class UploadExpired(Conflict):
    """This upload was not finished in time; begin again."""

    code = "UPLOAD_EXPIRED"
    chinese = "上传已超时，请重新上传。"


def fresh_key(runtime: Runtime, attachment_id: UUID) -> str:
    """As it is stored."""
    return runtime.cipher.encrypt(new_key(), table=TABLE, row_id=attachment_id, column="key")


def opened_key(runtime: Runtime, attachment: Attachment) -> str:
    return runtime.cipher.decrypt(attachment.key, table=TABLE, row_id=attachment.id, column="key")


def rules_of(runtime: Runtime, attachment: Attachment) -> Files:
    """Those in force when it was begun: an upload keeps its parts through a change."""
    return runtime.rulebooks.in_force_at(attachment.started_at).files


def upload_of(runtime: Runtime, attachment: Attachment) -> Upload:
    return Upload(
        store=runtime.part(FileStore),
        id=attachment.id,
        key=opened_key(runtime, attachment),
        size=attachment.declared_size,
        rules=rules_of(runtime, attachment),
    )


def refuse_expired(runtime: Runtime, attachment: Attachment, *, grace: timedelta) -> None:
    """Raises UploadExpired once it may be cleared away at any moment."""
    until = attachment.started_at + rules_of(runtime, attachment).unfinished_for
    if runtime.clock.now() >= until - grace:
        raise UploadExpired
