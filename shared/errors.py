"""What can go wrong, as the caller should understand it. No HTTP in here.

    DomainError
      BadRequest        the request itself is malformed
      Unauthenticated   who is calling is not known
      Forbidden         visible, but not allowed
      NotFound          absent, or not visible to the caller
      Conflict          the present state does not allow it
      Invalid           understood, but the values break a rule
      TooLarge          more than we take
      TooMany           too often
      Unavailable       a part we need does not answer now; try again
      TryLater          (handlers) the message came too early; deliver it again

A concrete error is a subclass named after the fact, with a stable `code`, an English sentence
as its docstring and a Chinese one in `chinese`. Details are JSON values and never personal.
"""

from __future__ import annotations

from typing import Any, ClassVar


class DomainError(Exception):
    """The request could not be carried out."""

    code: ClassVar[str] = "ERROR"
    chinese: ClassVar[str] = "请求未能完成。"

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(self.english)

    @property
    def english(self) -> str:
        return " ".join((type(self).__doc__ or "").split())


class BadRequest(DomainError):
    """The request is malformed."""

    code = "BAD_REQUEST"
    chinese = "请求格式不正确。"


class Unauthenticated(DomainError):
    """Please sign in."""

    code = "UNAUTHENTICATED"
    chinese = "请先登录。"


class Forbidden(DomainError):
    """You may see this, but you may not do that."""

    code = "FORBIDDEN"
    chinese = "您没有执行此操作的权限。"


class NotFound(DomainError):
    """There is nothing here that you can see."""

    code = "NOT_FOUND"
    chinese = "未找到，或您无权查看。"


class Conflict(DomainError):
    """The present state does not allow this."""

    code = "CONFLICT"
    chinese = "当前状态不允许此操作。"


class Invalid(DomainError):
    """Some values break a rule."""

    code = "INVALID"
    chinese = "提交的内容不符合规定。"


class TooLarge(DomainError):
    """This is larger than we take."""

    code = "TOO_LARGE"
    chinese = "提交的内容过大。"


class TooMany(DomainError):
    """Too many requests in too short a time."""

    code = "TOO_MANY"
    chinese = "操作过于频繁，请稍后再试。"


class Unavailable(DomainError):
    """A part of the system does not answer now; please try again."""

    code = "UNAVAILABLE"
    chinese = "服务暂时不可用，请稍后再试。"


class TryLater(DomainError):
    """The message came before what it builds on; deliver it again later."""

    code = "TRY_LATER"
    chinese = "消息早到，稍后重新投递。"
