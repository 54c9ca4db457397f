"""The vendor's published vectors for the older, session_key based ways (wechat.md 3, 8)."""

from __future__ import annotations

import pytest

from shared.wechat.user_data import (
    UserDataRejected,
    open_user_data,
    raw_data_signature,
    session_signature,
)

APPID = "wx4f4bc4dec97d474b"
SESSION_KEY = "tiihtNczf5v6AKRyjwEUhQ=="
IV = "r7BXXKkLb8qrSNn05n0qiA=="
ENCRYPTED = (
    "CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS9uT5geRa0W4oTOb1WT7fJlAC+oNPdbB+"
    "3hVbJSRgv+4lGOETKUQz6OYStslQ142dNCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue1poOFtnEtpyxVLW1zAo6"
    "/1Xx1COxFvrc2d7UL/lmHInNlxuacJXwu0fjpXfz/YqYzBIBzD6WUfTIF9GRHpOn/Hz7saL8xz+W//FRAUid1OksQaQx4CMs"
    "8LOddcQhULW4ucetDf96JcR3g0gfRK4PC7E/r7Z6xNrXd2UIeorGj5Ef7b1pJAYB6Y5anaHqZ9J6nKEBvB4DnNLIVWSgARns"
    "/8wR2SiRS7MNACwTyrGvt9ts8p12PKFdlqYTopNHR1Vf7XjfhQlVsAJdNiKdYmYVoKlaRv85IfVunYzO0IKXsyl7JCUjCpoG"
    "20f0a04COwfneQAGGwd5oa+T8yO5hzuyDb/XcxxmK01EpqOyuxINew=="
)
RAW_DATA = (
    '{"nickName":"Band","gender":1,"language":"zh_CN","city":"Guangzhou","province":"Guangdong",'
    '"country":"CN","avatarUrl":"http://wx.qlogo.cn/mmopen/vi_32/1vZvI39NWFQ9XM4LtQpFrQJ1xlgZxx3w7bQx'
    'KARol6503Iuswjjn6nIGBiaycAjAtpujxyzYsrztuuICqIM5ibXQ/0"}'
)


def test_encrypted_user_data_opens() -> None:
    data = open_user_data(SESSION_KEY, IV, ENCRYPTED, APPID)
    assert data["openId"] == "oGZUI0egBJY1zhBYw2KhdUfwVJJE"
    assert data["unionId"] == "ocMvos6NjeKLIBqg5Mr9QjxrP1FA"
    assert data["watermark"] == {"timestamp": 1477314187, "appid": APPID}


@pytest.mark.parametrize(
    ("session_key", "encrypted", "appid"),
    [
        (SESSION_KEY, ENCRYPTED, "wx0000000000000001"),
        ("HyVFkGl5F5OQWJZZaNzBBg==", ENCRYPTED, APPID),
        (SESSION_KEY, ENCRYPTED[:-4], APPID),
        (SESSION_KEY, "", APPID),
        ("short", ENCRYPTED, APPID),
    ],
)
def test_anything_else_is_rejected(session_key: str, encrypted: str, appid: str) -> None:
    with pytest.raises(UserDataRejected):
        open_user_data(session_key, IV, encrypted, appid)


def test_signature_of_raw_data() -> None:
    signature = raw_data_signature(RAW_DATA, "HyVFkGl5F5OQWJZZaNzBBg==")
    assert signature == "75e81ceda165f4ffa64f4068af58c64b8f54b88c"


@pytest.mark.parametrize(
    ("message", "signature"),
    [
        (b'{"foo":"bar"}', "654571f79995b2ce1e149e53c0a33dc39c0a74090db514261454e8dbe432aa0b"),
        (b"", "46e043c5525c2d817c44be603d30837a808a1d930d038f6fdc3e62a201fed128"),
    ],
)
def test_signature_of_a_session(message: bytes, signature: str) -> None:
    assert session_signature("o0q0otL8aEzpcZL/FT9WsQ==", message) == signature
