"""What the WeChat server API can refuse, grouped by what the caller should do about it.

    WeChatError
      Unreachable     no connection was made: nothing happened, safe to try again
      OutcomeUnknown  it may have happened: do not repeat a send blindly
      Busy            -1: retried here already; try again later
      TokenRejected   the access token is dead even after the one renewal; alarm
      ShortLimit      per second or minute; delay and requeue
      LongLimit       per day; stop until tomorrow, alarm
      Misconfigured   appid, secret, allow-list or account; alarm
        Malformed     our own call; the next one may be in order
      Refused         this user or this input; final
        CodeSpent     the one-time code was used, has expired or is not ours
        NotSubscribed no allowance left for this template; normal, use another channel
      Blocked         the user or the template is banned; final
      Unlisted        a code nobody has classified yet; final, alarm

No text in here ever carries an openid, a code, a token or a secret.
"""

from __future__ import annotations

STABLE_TOKEN = "/cgi-bin/stable_token"
TOKEN_PATHS = frozenset({STABLE_TOKEN, "/cgi-bin/token"})


class WeChatError(Exception):
    """One call failed. `path` is the endpoint, `errcode` and `errmsg` are the vendor's words.

    `rid` is the vendor's request id; its support can explain it for seven days.
    """

    def __init__(
        self, path: str, errmsg: str, errcode: int | None = None, rid: str | None = None
    ) -> None:
        self.path = path
        self.errmsg = errmsg
        self.errcode = errcode
        self.rid = rid
        parts = (errcode, errmsg, rid and f"rid: {rid}")
        super().__init__(f"{path}: " + " ".join(str(part) for part in parts if part is not None))


class Unreachable(WeChatError): ...


class OutcomeUnknown(WeChatError): ...


class Busy(WeChatError): ...


class TokenRejected(WeChatError): ...


class ShortLimit(WeChatError): ...


class LongLimit(WeChatError): ...


class Misconfigured(WeChatError): ...


class Malformed(Misconfigured): ...


class Refused(WeChatError): ...


class CodeSpent(Refused): ...


class NotSubscribed(Refused): ...


class Blocked(WeChatError): ...


class Unlisted(WeChatError): ...


_CODES: dict[type[WeChatError], tuple[int, ...]] = {
    Busy: (-1, 200001, 85431, 76004),
    TokenRejected: (40001, 40014, 42001),
    ShortLimit: (45011, 44990, 44991, 43108),
    LongLimit: (45009, 44993, 45029, 48006, 200012),
    Misconfigured: (
        *(40002, 40013, 40125, 40164, 61004, 40243, 41001, 41002, 41004, 48001, 50002, 50007),
        *(89503, 89506, 89507),
        *(40230, 40231, 40232, 40233, 40234, 40235, 40236),  # encryption and signature of calls
        *(85079, 85096, 40165, 40212),  # the mini-program is not released, or the page not in it
    ),
    Malformed: (43002, 44002, 47001, 41008, 40033, 40097, 40129, 40004),
    Refused: (
        *(40003, 40037, 41030, 43104, 45168, 47003, 61010),
        *(87020, 40169),
        *(85401, 85402, 85406, 85407, 85408),  # links: how long they live, how they end
        *(87007, 87008, 87009),  # the session is no longer good
        *(76001, 76002, 76003, 76021, 76022),  # no such request, no such path
        *(200013, 200014, 200020, 200021, 200022),
    ),
    CodeSpent: (40029, 40163),
    NotSubscribed: (43101,),
    Blocked: (40226, 43107, 87014, 200011),
}
_CLASS_OF = {code: kind for kind, codes in _CODES.items() for code in codes}


def error_class(path: str, errcode: int) -> type[WeChatError]:
    """The class of an error code; on the token endpoint itself 40001 means a wrong secret."""
    if errcode == 40001 and path in TOKEN_PATHS:
        return Misconfigured
    return _CLASS_OF.get(errcode, Unlisted)
