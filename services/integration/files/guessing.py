"""Which encoding a text is in that isn't Unicode: the one by which its foreign letters make words of one language.

Windows-1252 is what is taken unless the text speaks against it: a sign in the middle of a word (`St³ck`), a capital
behind a small letter (`CafÚ`), three foreign letters in a row (`Ìîñêâà`) or letters of two scripts in a word (`Stьck`)
are faults, and another encoding is taken if it has fewer and one language has all its letters. So one letter in a whole
file decides. Pure.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

WESTERN = "cp1252"
_LETTERS = {
    "western": ("äöüß", "àâæçéèêëîïôœùûüÿ", "áéíñóúü", "ãáàâçéêíóôõúü", "àèéìîòù", "åäöæøéü",
                "ëïéèöüáó", "àçèéíïòóúü"),
    "central": ("ąćęłńóśźż", "áčďéěíňóřšťúůýžäľĺŕô", "áéíóöőúüű", "čćđšž", "ăâîșțşţ", "äöüß"),
    "turkish": ("çğıİöşüâî",),
    "baltic": ("ąčęėįšųūž", "āčēģīķļņšūž"),
    "cyrillic": ("абвгдежзийклмнопрстуфхцчшщъыьэюяё", "абвгдежзийклмнопрстуфхцчшщьюяєіїґ",
                 "абвгдђежзијклљмнњопрстћуфхцчџш"),
    "greek": ("αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ",),
    "hebrew": ("אבגדהוזחטיךכלםמןנסעףפץצקרשת",),
    "arabic": ("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچگ",),
}  # fmt: skip
_FREQUENT = {
    "cyrillic": "оеаинтсрвлкмдпуі", "greek": "αοιετσνηρυςπκμλά", "hebrew": "יוהלאתרבמשנ", "arabic": "اليمنوهرتبدع",
}  # fmt: skip
# In the order in which they are taken where the evidence is the same.
_OTHERS = (
    ("cp1250", "central"), ("cp1251", "cyrillic"), ("cp1253", "greek"), ("cp1255", "hebrew"),
    ("cp1256", "arabic"), ("cp1254", "turkish"), ("cp1257", "baltic"), ("koi8_r", "cyrillic"), ("cp866", "cyrillic"),
    ("iso8859_2", "central"), ("iso8859_5", "cyrillic"), ("cp850", "western"), ("mac_roman", "western"),
    ("cp437", "western"), ("cp852", "central"),
)  # fmt: skip
# Of two bytes: the stricter before those that take nearly everything. (encoding, codec that texts in it usually pass)
_OF_TWO_BYTES = (("euc_jp", "euc_jp"), ("cp932", "shift_jis"), ("cp949", "euc_kr"), ("gb18030", "gb2312"),
                 ("big5", "big5"), ("gb18030", "gbk"))  # fmt: skip
_MODIFIERS = "\u2019\u2026\u2013\u2014\u00b7\u00ad"  # stand between letters in good texts: l'été, col·lecció
_QUOTES = _MODIFIERS + "«»\u2018\u201c\u201d\u201e\u20ac"  # and these beside them
_SIGNS = "ªºµ"  # letters to Unicode, signs to people
_OPENING = "\u201e\u201a\u02c6\xb8\xb4¡¿¤¨¯¬¦‡†"  # never stand behind a letter
_KANA, _HANGUL = re.compile("[\u3040-\u30fe]"), re.compile("[\uac00-\ud7a3]")
_WIDE = re.compile("[\u3000-\u30fe\u3400-\u9fff\uac00-\ud7a3\uff01-\uff5e]")
_WEAK = ((3, 4), (2, 8))  # so many different letters, and so many in all, outweigh windows-1252 without a fault


@dataclass(frozen=True, slots=True)
class _Judgement:
    """What speaks against a reading: faults, and letters that no one language has; frequent: share of usual letters."""

    faults: int
    strange: int
    letters: int
    frequent: float


def guess(lines: bytes) -> str:
    """The encoding of the lines of a text that hold foreign bytes; "" if none makes sense of them."""
    western = _judge(lines.decode(WESTERN, "replace"), "western")
    if wide := _of_two_bytes(lines, western):
        return wide
    if not western.faults and not western.strange:
        return _with_euro(lines)
    found = sorted(_better(lines, western), key=lambda one: one[:2])
    if found:
        same = lines.decode(found[0][2]) == lines.decode(WESTERN, "replace")
        return WESTERN if same else found[0][2]
    return "" if western.faults > 0.2 * max(western.letters, 1) else WESTERN


def _better(lines: bytes, western: _Judgement) -> Iterable[tuple[int, float, str]]:
    """(faults, usual letters, encoding) of the encodings that fit better than windows-1252."""
    for encoding, group in _OTHERS:
        try:
            judged = _judge(lines.decode(encoding), group)
        except UnicodeDecodeError:
            continue
        if not judged.letters or judged.strange > 0.02 * judged.letters:
            continue
        if judged.faults < western.faults or (not judged.faults and _outweighs(lines, encoding)):
            yield judged.faults, -judged.frequent, encoding


def _with_euro(lines: bytes) -> str:
    # Nobody writes the general sign of currency; where it stands in a text without Windows' own signs, it is the euro.
    return "iso8859_15" if b"\xa4" in lines and not re.search(rb"[\x80-\x9f]", lines) else WESTERN


def _outweighs(lines: bytes, encoding: str) -> bool:
    """Whether letters that another encoding reads otherwise are many and different enough, signs apart."""
    other = [byte for byte in lines if byte > 127 and bytes([byte]).decode(encoding) !=
             bytes([byte]).decode(WESTERN, "replace")]  # fmt: skip
    return any(len(set(other)) >= different and len(other) >= all_ for different, all_ in _WEAK)


def _judge(text: str, group: str) -> _Judgement:
    faults = sum(1 for word in _runs(text) for _ in _faults(word, 3 if group == "western" else 4))
    letters = [one.lower() if one != "İ" else one for one in text if ord(one) > 127 and _is_letter(one)]
    strange = min(sum(1 for one in letters if one not in alphabet) for alphabet in _LETTERS[group])
    usual = _FREQUENT.get(group, "")
    frequent = sum(1 for one in letters if one in usual) / len(letters) if letters and usual else 0.0
    return _Judgement(faults + text.count("\ufffd"), strange, len(letters), frequent)


def _is_letter(one: str) -> bool:
    return one.isalpha() and one not in _SIGNS and unicodedata.category(one) != "Lm"


def _runs(text: str) -> Iterable[str]:
    """What stands between spaces, ASCII signs and digits, if any of it is foreign."""
    return (run for run in re.split(r"[\x00-@\[-`{-\x7f\s]+", text) if run and not run.isascii())


def _faults(run: str, longest: int) -> Iterable[str]:
    foreign = 0
    for at, one in enumerate(run):
        before, after = run[at - 1 : at] if at else "", run[at + 1 : at + 2]
        if not _is_letter(one):
            inside = before.isalpha() and after.isalpha()
            if one not in _MODIFIERS and (inside or (before.isalpha() and one in _OPENING)):
                yield "a sign in a word"
        elif before and _is_letter(before) and not (one.isascii() and before.isascii()):
            behind_capitals = before.isupper() and at > 1 and run[at - 2].isupper() and "ß" not in (one, before)
            if (one.isupper() and before.islower() and before != "ß") or (one.islower() and behind_capitals):
                yield "capitals and small letters"
            if _latin(one) != _latin(before):
                yield "two scripts"
        if one.isascii():
            foreign = 0
        elif one not in _QUOTES and (_latin(one) or not _is_letter(one)):
            foreign += 1
        if foreign >= longest:
            yield "a word of foreign letters"


def _latin(one: str) -> bool:
    return one.isascii() or unicodedata.name(one, "").startswith("LATIN")


def _of_two_bytes(lines: bytes, western: _Judgement) -> str:
    """An East Asian encoding, if the text makes sense in it: its letters stand in words of their own."""
    if not western.faults or _is_plainly_other_script(lines):
        return ""
    for encoding, strict in _OF_TWO_BYTES:
        try:
            text = lines.decode(strict)
        except UnicodeDecodeError:
            continue
        wide = "".join(_WIDE.findall(text))
        mixed = len(re.findall(r"(?<=[A-Za-z])[^\x00-\x7f](?=[A-Za-z])", text))
        if len(wide) < 2 or len(wide) < 0.9 * sum(1 for one in text if ord(one) > 127) or mixed > 0.1 * len(wide):
            continue
        if strict in {"euc_jp", "shift_jis"} and len(_KANA.findall(wide)) < 0.15 * len(wide):
            continue
        if strict == "euc_kr" and len(_HANGUL.findall(wide)) < 0.9 * len(wide):
            continue
        # the usual letters of Chinese come first in its standard
        if strict == "gb2312" and sum(1 for one in wide if one.encode(strict)[0] <= 0xD7) < 0.9 * len(wide):
            continue
        return encoding
    return ""


def _is_plainly_other_script(lines: bytes) -> bool:
    """Whether all foreign bytes make words of Cyrillic, Greek, Hebrew or Arabic letters."""
    for encoding, group in _OTHERS:
        if group not in _FREQUENT:
            continue
        try:
            judged = _judge(lines.decode(encoding), group)
        except UnicodeDecodeError:
            continue
        whole = judged.letters >= 3 and judged.letters > 0.95 * sum(1 for byte in lines if byte > 127)
        if whole and not judged.faults and not judged.strange and judged.frequent >= 0.5:
            return True
    return False
