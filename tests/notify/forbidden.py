"""T20: addresses that nobody may make us call, and how they are disguised.

The numbers stand for the registries of IANA, the vendors' metadata services, and the lists by
which svix, smokescreen and OWASP test.
"""

from __future__ import annotations

from collections.abc import Sequence

# an address from the beginning, the middle and the end of each range that is set aside
V4: Sequence[str] = (
    "0.0.0.0", "0.0.0.1", "0.1.2.3", "0.255.255.255", "10.0.0.0", "10.0.0.1", "10.1.2.3",
    "10.255.255.255", "100.64.0.0", "100.64.0.1", "100.100.100.200", "100.127.255.255",
    "127.0.0.0", "127.0.0.1", "127.0.1.1", "127.1.2.3", "127.255.255.254", "127.255.255.255",
    "168.63.129.16", "169.254.0.0", "169.254.0.23", "169.254.169.254", "169.254.170.2",
    "169.254.169.123", "169.254.255.255", "172.16.0.0", "172.16.0.1", "172.20.10.5",
    "172.31.255.255", "192.0.0.0", "192.0.0.8", "192.0.0.170", "192.0.0.192", "192.0.0.255",
    "192.0.2.0", "192.0.2.1", "192.0.2.255", "192.88.99.0", "192.88.99.1", "192.88.99.255",
    "192.168.0.0", "192.168.0.1", "192.168.1.254", "192.168.255.255", "198.18.0.0", "198.18.0.1",
    "198.19.255.255", "198.51.100.0", "198.51.100.7", "198.51.100.255", "203.0.113.0",
    "203.0.113.10", "203.0.113.255", "224.0.0.0", "224.0.0.1", "233.252.0.1", "239.255.255.250",
    "239.255.255.255", "240.0.0.0", "240.0.0.1", "250.1.2.3", "255.255.255.254",
    "255.255.255.255",
)  # fmt: skip
V6: Sequence[str] = (
    "::", "::1", "::2", "::7f00:1", "::127.0.0.1", "::10.0.0.1", "::a9fe:a9fe",
    "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:10.1.2.3", "::ffff:169.254.169.254",
    "::ffff:100.100.100.200", "::ffff:192.168.0.1", "::ffff:0.0.0.0", "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1", "64:ff9b::", "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe",
    "64:ff9b::8.8.8.8", "64:ff9b:1::1", "64:ff9b:1:fffe::10.0.0.1", "100::", "100::1",
    "100:0:0:1::1", "2001::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001::7f00:1", "2001:2::1",
    "2001:10::1", "2001:20::1", "2001:1ff:ffff::1", "2001:db8::", "2001:db8::1",
    "2001:db8:ffff::1", "2002::", "2002:7f00:1::", "2002:a9fe:a9fe::", "2002:c0a8:1::1",
    "2002:0a00:1::", "3ffe::1", "3fff::", "3fff::1", "3fff:fff::1", "4000::1", "5f00::",
    "5f00::1", "6000::1", "8000::1", "c000::1", "e000::1", "f000::1", "fc00::", "fc00::1",
    "fd00::1", "fd00:ec2::254", "fd12:3456:789a::1", "fdff:ffff::1", "fe80::", "fe80::1",
    "fe80::a9fe:a9fe", "febf::1", "fec0::1", "feff::1", "ff00::1", "ff01::1", "ff02::1",
    "ff02::fb", "ff05::1:3", "ff0e::1",
)  # fmt: skip

# what some reader takes for one of the above, and what is no plain address of the world
DISGUISED: Sequence[str] = (
    # numbers: decimal, octal, hexadecimal, short, with leading zeros, too large
    "https://2130706433/", "https://017700000001/", "https://0x7f000001/", "https://0x7f.1/",
    "https://0x7F.0x0.0x0.0x1/", "https://127.1/", "https://127.0.1/", "https://0177.0.0.1/",
    "https://0177.0000.0000.0001/", "https://127.000.000.001/", "https://0/", "https://00/",
    "https://0x0/", "https://2852039166/", "https://0xa9fea9fe/", "https://0251.0376.0251.0376/",
    "https://169.16689150/", "https://169.254.43518/", "https://4294967296/", "https://256.1.1.1/",
    "https://1.2.3.4.5/", "https://127.0.0.0x1/", "https://10.1/", "https://0xA000001/",
    "https://3232235521/", "https://192.168.257/", "https://134744072/",
    # dots and names
    "https://127.0.0.1./", "https://localhost./", "https://169.254.169.254./", "https://./",
    "https://example..org/", "https://.example.org/", "https://-a.example.org/",
    "https://a_b.example.org/", "https://example.org%2f@127.0.0.1/",
    # other scripts and widths
    "https://１２７.０.０.１/", "https://127。0。0。1/", "https://127．0．0．1/", "https://127｡0｡0｡1/",
    "https://①②⑦.⓪.⓪.①/", "https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "https://ｌｏｃａｌｈｏｓｔ/", "https://exa\u00admple.org/",
    "https://example.org\u200b/", "https://消防.example.org/", "https://٣٢٣٢٢٣٥٥٢١/",
    # credentials, and what is taken for them
    "https://user@example.org/", "https://user:secret@example.org/", "https://@example.org/",
    "https://example.org@127.0.0.1/", "https://127.0.0.1@example.org/",
    "https://example.org:443@127.0.0.1/", "https://example.org\\@127.0.0.1/",
    "https://example.org#@127.0.0.1/", "https://example.org%40127.0.0.1/",
    "https://a:b@c@127.0.0.1/", "https:\\\\127.0.0.1\\",
    # blanks and control characters
    "https://127.0.0.1 /", " https://127.0.0.1/", "https://exam\tple.org/", "https://exa\nmple.org/",
    "https://example.org/\r\nHost: 127.0.0.1", "https://example.org/ HTTP/1.1", "https://example\x00.org/",
    "https://example.org/?a=\n", "https://example.org/\x7f",
    # brackets and zones
    "https://[::1/", "https://::1/", "https://[fe80::1%25eth0]/", "https://[fe80::1%eth0]/",
    "https://[::1%lo]/", "https://[127.0.0.1]/", "https://[::ffff:127.0.0.1]x/", "https://[v1.fe80]/",
    "https://[::ffff:7f00:1]:443@example.org/", "https://[]/",
    # schemes
    "http://example.org/", "HTTP://example.org/", "ftp://example.org/", "file:///etc/passwd",
    "gopher://127.0.0.1:70/_x", "dict://127.0.0.1:11211/", "ldap://127.0.0.1/", "//127.0.0.1/",
    "data:text/plain,x", "javascript:alert(1)", "unix:///run/docker.sock", "ws://example.org/",
    "https+unix://%2Frun%2Fdocker.sock/", "https:/127.0.0.1/", "https:127.0.0.1", "https:///127.0.0.1/",
    "https://", "", "127.0.0.1", "blob:https://example.org/x", "jar:https://example.org!/",
    # ports
    "https://example.org:80/", "https://example.org:8443/", "https://example.org:22/",
    "https://example.org:0/", "https://example.org:65536/", "https://example.org:-443/",
    "https://example.org:443443/", "https://example.org:4 43/", "https://example.org:0443/",
    "https://example.org:/", "https://example.org:443:80/", "https://example.org:６/",
    "https://example.org:5432/", "https://example.org:5672/", "https://example.org:2375/",
)  # fmt: skip

# names and the answers of their resolvers: every single one must be harmless
RESOLVED: Sequence[tuple[str, ...]] = (
    ("93.184.216.34", "127.0.0.1"),
    ("127.0.0.1", "93.184.216.34"),
    ("93.184.216.34", "10.0.0.5"),
    ("93.184.216.34", "169.254.169.254"),
    ("93.184.216.34", "100.100.100.200"),
    ("93.184.216.34", "2606:2800:220:1::1", "::1"),
    ("2606:2800:220:1::1", "fe80::1"),
    ("2606:2800:220:1::1", "fe80::1%eth0"),
    ("2606:2800:220:1::1%eth0",),
    ("2606:2800:220:1::1", "::ffff:93.184.216.34"),
    ("2606:2800:220:1::1", "64:ff9b::5db8:d822"),
    ("2606:2800:220:1::1", "2002:5db8:d822::1"),
    ("93.184.216.34",) * 20 + ("192.168.0.1",),
)

HARMLESS: Sequence[str] = (
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
    "126.255.255.255", "128.0.0.0", "168.63.129.15", "168.63.129.17", "169.253.255.255",
    "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.0.3.0", "192.88.98.255",
    "192.88.100.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
    "198.51.99.255", "198.51.101.0", "203.0.112.255", "203.0.114.0", "223.255.255.255",
    "114.114.114.114", "2000::1", "2001:200::1", "2001:4860:4860::8888", "2003::1",
    "2400:3200::1", "2606:4700:4700::1111", "3ffd::1",
)  # fmt: skip
