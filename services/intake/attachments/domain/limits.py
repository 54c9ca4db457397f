"""How large a file may be, in which parts it comes, and how much an account may send in a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from services.intake.attachments.domain.lifecycle import AttachmentKind
from shared.errors import Conflict, Invalid, TooLarge, TooMany
from shared.rulebook.sections.files import MEGABYTE, Files


class FileTooLarge(TooLarge):
    """The file is larger than one of its kind may be."""

    code = "FILE_TOO_LARGE"
    chinese = "文件过大，请压缩后上传。"


class UploadLimitReached(TooMany):
    """You have uploaded as much as one account may in a day."""

    code = "UPLOAD_LIMIT_REACHED"
    chinese = "今日上传的文件已达上限，请明日再试。"


class PartUnknown(Invalid):
    """The file has no part with this number; parts count from 1."""

    code = "PART_UNKNOWN"
    chinese = "分片编号超出范围。"


class PartSizeWrong(Invalid):
    """Every part has the size that was told, and the last one what remains."""

    code = "PART_SIZE_WRONG"
    chinese = "分片大小不正确。"


class PartsMissing(Conflict):
    """Some parts have not arrived yet; `missing` names the first of them."""

    code = "PARTS_MISSING"
    chinese = "文件尚未上传完整。"


class UploadChanged(Conflict):
    """A part came anew while the file was looked at: finish it once more."""

    code = "UPLOAD_CHANGED"
    chinese = "文件检查期间有分片重新上传，请再次完成上传。"


class ContentDiffers(Conflict):
    """What arrived is not what was announced: the hash differs. Send the parts again."""

    code = "CONTENT_DIFFERS"
    chinese = "文件内容与校验值不一致，请重新上传。"


NAMED_AT_MOST = 100


def largest(rules: Files, kind: AttachmentKind) -> int:
    megabytes: Mapping[AttachmentKind, int] = {
        AttachmentKind.IMAGE: rules.image_megabytes_at_most,
        AttachmentKind.AUDIO: rules.audio_megabytes_at_most,
        AttachmentKind.VIDEO: rules.video_megabytes_at_most,
        AttachmentKind.DOCUMENT: rules.document_megabytes_at_most,
    }
    return megabytes[kind] * MEGABYTE


def refuse_size(rules: Files, kind: AttachmentKind, size: int) -> None:
    """Raises FileTooLarge."""
    most = largest(rules, kind)
    if size > most:
        raise FileTooLarge(bytes_at_most=most)


def parts_in(rules: Files, size: int) -> int:
    return max(1, -(-size // rules.part_bytes))


def size_of_part(rules: Files, size: int, number: int) -> int:
    """Raises PartUnknown."""
    parts = parts_in(rules, size)
    if not 1 <= number <= parts:
        raise PartUnknown(parts=parts)
    return rules.part_bytes if number < parts else size - (parts - 1) * rules.part_bytes


def refuse_missing(rules: Files, size: int, arrived: Collection[int]) -> None:
    """Raises PartsMissing."""
    wanted = range(1, parts_in(rules, size) + 1)
    missing = [number for number in wanted if number not in arrived]
    if missing:
        raise PartsMissing(missing=missing[:NAMED_AT_MOST])
