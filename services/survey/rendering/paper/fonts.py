"""The fonts of official documents, and what stands in where they are not installed."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from docx.oxml.ns import qn
from docx.text.font import Font

TITLE, SONG, FANG, HEI, KAI = "方正小标宋简体", "宋体", "仿宋", "黑体", "楷体"
LATIN = "Times New Roman"
# what Windows, the office programs and Debian call what comes nearest
STAND_INS = {
    TITLE: "方正小标宋_GBK,宋体,SimSun,Noto Serif CJK SC",
    SONG: "SimSun,Noto Serif CJK SC",
    FANG: "仿宋_GB2312,FangSong,Noto Serif CJK SC",
    HEI: "SimHei,Noto Sans CJK SC",
    KAI: "楷体_GB2312,KaiTi,Noto Serif CJK SC",
}
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
THEMED = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def in_font(font: Font, chinese: str, latin: str = LATIN) -> None:
    """One name for Chinese, one for figures and letters; the theme has no say."""
    names = font._element.get_or_add_rPr().get_or_add_rFonts()
    for themed in THEMED:
        names.attrib.pop(qn(f"w:{themed}"), None)
    for script, name in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", chinese)):
        names.set(qn(f"w:{script}"), name)


def font_table() -> bytes:
    """The part of the file that names the stand-ins."""
    fonts = "".join(
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(others)}/></w:font>"
        for name, others in STAND_INS.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<w:fonts xmlns:w="{NAMESPACE}">{fonts}</w:fonts>'.encode()
