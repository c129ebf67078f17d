"""Look-alikes that fonts name instead of the characters meant: ⽅ for 方, ﬁ for fi."""

from __future__ import annotations

import unicodedata

_RADICALS = dict(
    zip(
        "⺁⺅⺆⺇⺈⺉⺋⺍⺎⺐⺒⺔⺖⺘⺙⺛⺝⺟⺠⺡⺢⺣⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺶⺷⺹⺼⺽⺾⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
        "厂亻冂几刀刂卩小兀尣巳乚忄扌攵无月母民氵氺灬犭王疋目示礻竹糹纟罓罒羊羊耂肉臼艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阝雨青韦页风飞食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
        strict=False,
    )
)


def usual_form(character: str) -> str:
    """Return what a character stands for in running text; most stand for themselves."""
    code = ord(character)
    if code < 0x2E80:
        return "" if code < 0x20 or code in {0x7F, 0xAD, 0x200B, 0x2060} else character
    if code in range(0x2E80, 0x2EF4):
        return _RADICALS.get(character, unicodedata.normalize("NFKC", character))
    if code in range(0x2F00, 0x2FD6) or code in range(
        0xF900, 0xFB07
    ):  # Kangxi radicals, compatibility forms, ligatures
        return unicodedata.normalize("NFKC", character)
    return "" if code in {0xFEFF, 0xFFFE, 0xFFFF} else character
