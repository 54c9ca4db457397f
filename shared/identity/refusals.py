"""Why a caller is not known. What exactly is wrong with a token is nobody's business but ours."""

from __future__ import annotations

from shared.errors import Unauthenticated


class TokenMissing(Unauthenticated):
    """Please sign in."""

    code = "TOKEN_MISSING"
    chinese = "请先登录。"


class TokenInvalid(Unauthenticated):
    """The token is not valid; please sign in again."""

    code = "TOKEN_INVALID"
    chinese = "登录凭证无效，请重新登录。"


class TokenExpired(Unauthenticated):
    """The token has expired."""

    code = "TOKEN_EXPIRED"
    chinese = "登录凭证已过期。"


class SessionRevoked(Unauthenticated):
    """This session has been ended; please sign in again."""

    code = "SESSION_REVOKED"
    chinese = "登录已失效，请重新登录。"
