"""Why a file is not taken; the code is kept, so that the answer stays the same."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from shared.errors import Invalid


class FileRefused(Invalid):
    """The file is not taken."""

    code = "FILE_REFUSED"
    chinese = "不接受该文件。"


class FileTypeRefused(FileRefused):
    """Neither a JPEG, PNG, WebP or still GIF, nor an MP3, AAC, M4A or WAV, nor an MP4 or MOV, nor a
    PDF; whatever its name says.
    """

    code = "FILE_TYPE_REFUSED"
    chinese = "不支持该文件类型，请上传图片、录音、视频或 PDF。"


class FileKindDiffers(FileRefused):
    """The content is of another kind than was announced."""

    code = "FILE_KIND_DIFFERS"
    chinese = "文件内容与所选类型不符。"


class FileDamaged(FileRefused):
    """The file begins like one of its type and does not go on like one."""

    code = "FILE_DAMAGED"
    chinese = "文件已损坏或不完整。"


class HeicRefused(FileRefused):
    """HEIC and AVIF pictures are not taken; send a JPEG (`wx.chooseMedia` with compression)."""

    code = "HEIC_REFUSED"
    chinese = "暂不支持 HEIC、AVIF 图片，请转换为 JPEG 后上传。"


class PictureTooLarge(FileRefused):
    """The picture has more pixels than are taken, or takes too much to read."""

    code = "PICTURE_TOO_LARGE"
    chinese = "图片尺寸过大，请缩小后上传。"


class PictureMoves(FileRefused):
    """Moving pictures are not taken: send a video, or a still picture."""

    code = "PICTURE_MOVES"
    chinese = "不支持动态图片，请上传静态图片或视频。"


class DocumentActive(FileRefused):
    """The PDF contains scripts, files, forms that send, or actions of its own."""

    code = "DOCUMENT_ACTIVE"
    chinese = "PDF 含有脚本、内嵌文件或自动操作，无法接收。"


class DocumentLocked(FileRefused):
    """The PDF is encrypted, or packed so that it cannot be judged."""

    code = "DOCUMENT_LOCKED"
    chinese = "PDF 已加密或无法检查，请解除保护后上传。"


REFUSALS: Mapping[str, type[FileRefused]] = MappingProxyType(
    {
        kind.code: kind
        for kind in (
            FileTypeRefused,
            FileKindDiffers,
            FileDamaged,
            HeicRefused,
            PictureTooLarge,
            PictureMoves,
            DocumentActive,
            DocumentLocked,
        )
    }
)


def refusal_of(code: str) -> FileRefused:
    """What is no longer known by its code is refused all the same."""
    return REFUSALS.get(code, FileRefused)()
