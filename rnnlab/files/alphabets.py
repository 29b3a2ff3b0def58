"""Which letters and signs beyond ASCII languages are written with, the frequent ones first.

An encoding is told by them: read wrongly, a text is full of signs that its language does not have.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Alphabet:
    """The signs of a language beyond ASCII, in classes.

    Each class is the share of a text's signs that are of it, and the signs, which are either all
    equally frequent or, if `ranked`, each 1 / rank as frequent as the first.
    """

    classes: tuple[tuple[float, str, bool], ...]


MARKS = "’”“–…—\u00a0‘«»„°€§·£²½•©¡¿"
"""What any language has between its letters, or beside them."""


def of_letters(letters: str, marks: str = MARKS) -> Alphabet:
    """An alphabet of small letters, the most frequent first; capitals are rarer."""
    small = 0.8 if letters else 0.0
    capitals = "".join(letter.upper() for letter in letters if len(letter.upper()) == 1)
    return Alphabet(((small, letters, True), (0.05, capitals, True), (0.95 - small, marks, True)))


def of_signs(frequent: str, common: str, marks: str, *more: tuple[float, str]) -> Alphabet:
    """An alphabet of signs that stand for syllables or words."""
    left = 0.9 - sum(share for share, _ in more)
    return Alphabet(
        (
            (0.55 * left, frequent, True),
            (0.45 * left, common, False),
            (0.1, marks, True),
            *((share, signs, False) for share, signs in more),
        )
    )


WESTERN = (
    of_letters(""),
    of_letters("éèàêâîôûïçëöüäñóíáúãåøæõßœìòùý"),
    of_letters("üäöß"),
    of_letters("éàèêçôâùîûïëœ"),
    of_letters("óíáéñúü"),
    of_letters("ãçáéíóõêâúà"),
    of_letters("èàòùéìî"),
    of_letters("äöåé"),
    of_letters("åøæéöä"),
    of_letters("éëïèö"),
    of_letters("íáðéúóþöæý"),
)
"""English, several in one text, German, French, Spanish, Portuguese, Italian, Swedish and Finnish,
Danish and Norwegian, Dutch, Icelandic."""

CENTRAL = (
    of_letters("łąęóżśćńź"),
    of_letters("íáéěýžřčšůúťďňó"),
    of_letters("áíéýčžľúšťôňóďäĺŕ"),
    of_letters("áéőíöóüűú"),
    of_letters("ăîşţâșț"),
    of_letters("čšžćđ"),
    of_letters("üäöß"),
)
"""Polish, Czech, Slovak, Hungarian, Romanian, Croatian and Slovene, German."""

CYRILLIC = (
    of_letters("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", "—«»–…№“”„’"),
    of_letters("оаинвієтрслкдмпузяьбгйчшхцжїюфщєґ", "—«»–…№’“”„"),
    of_letters("аиоетнрвслкдпмзъгуябчцжщхшйюфь", "„“–—…№«»’"),
    of_letters("аиоенртсјвкулмпдзгбшчжцћњхфљџђ", "„“–—…№«»’"),
)
"""Russian, Ukrainian, Bulgarian, Serbian."""

GREEK = (of_letters("ατοειςνσρηπκμλυίόγάέδήώχύφωθβξζψϊ", "«»’–…“”—·΄"),)
TURKISH = (of_letters("ıüşçğöâİî"),)
HEBREW = (of_letters("יוהלאתרבשמנםדעקןפחגצכסטזךףץ", "״׳–…”’"),)
ARABIC = (of_letters("الينمرتوبةعدسفهكقحجأطصشىخضذزءغئإآظثؤ", "،؟؛«»ـًّ"),)
BALTIC = (of_letters("ėšiųįžčąęūõäöü"), of_letters("āīēšžļņūģčķ"), of_letters("äõüöšž"))
THAI = (of_letters("านรอกเงมยลวดทตสะปบหคแจพชขใไซผถโธญฟศภณษฝฉ่้ัีิืำุูึ็์๊๋ๆฯ"),)

_CHINESE_MARKS = "，。！？、：；“”（）《》…—「」『』·　％"

_SIMPLIFIED = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想"
    "很老她给最点吃味快送店饭菜喜欢服务"
)
_TRADITIONAL = (
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡"
    "用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想"
    "很老她給最點吃味快送店飯菜喜歡服務"
)
_HIRAGANA = "".join(map(chr, range(0x3041, 0x3094)))
_KATAKANA = "".join(map(chr, range(0x30A1, 0x30F7))) + "ー"
_HALF_WIDTH = "".join(map(chr, range(0xFF61, 0xFFA0)))
_KANJI = (
    "日一人年大国会中本出時行見月分後前生事間上東自者来今気手"
    "高学新場話言女子思家小名彼雨風山川海花食"
)
_FREQUENT_HIRAGANA = "のいたにてはとしなるをがでかっすられもりまこそんうださくあれよきけど"
_HANGUL = (
    "이다는을의에가고하지한도로은기사어아리나서를시인자대있게스수일정그만들해라보부장주여전원제상동오조우"
    "공비성화용니면구세과소요안진선관물경것마치적유신지무너생미으더까었했없습방내중모국계학연와음저말야"
)


def letters() -> set[str]:
    """The small letters of all languages that have capitals."""
    with_capitals = WESTERN + CENTRAL + CYRILLIC + GREEK + TURKISH + BALTIC
    signs = {sign for alphabet in with_capitals for sign in alphabet.classes[0][1]}
    return {sign for sign in signs if sign.islower() and len(sign.upper()) == 1}


@cache
def level(codec: str, first: int, last: int) -> str:
    """The signs of a two-byte code whose first byte lies between these: its common ones."""
    pairs = (bytes((lead, trail)) for lead in range(first, last + 1) for trail in range(0x40, 0xFF))
    signs = "".join(pair.decode(codec, "ignore") for pair in pairs)
    return "".join(sign for sign in dict.fromkeys(signs) if not sign.isascii())


@cache
def simplified() -> tuple[Alphabet, ...]:
    """Chinese in simplified signs."""
    return (of_signs(_SIMPLIFIED, level("gb2312", 0xB0, 0xD7), _CHINESE_MARKS),)


@cache
def traditional() -> tuple[Alphabet, ...]:
    """Chinese in traditional signs."""
    return (of_signs(_TRADITIONAL, level("big5", 0xA4, 0xC6), _CHINESE_MARKS),)


@cache
def japanese() -> tuple[Alphabet, ...]:
    """Japanese; its syllables are more frequent than the signs of words."""
    syllables = (0.45, _HIRAGANA), (0.14, _KATAKANA), (0.01, _HALF_WIDTH)
    frequent = _FREQUENT_HIRAGANA + _KANJI
    return (
        of_signs(frequent, level("euc_jp", 0xB0, 0xCF), "。、「」！？・…（）　〜～", *syllables),
    )


@cache
def korean() -> tuple[Alphabet, ...]:
    """Korean."""
    return (of_signs(_HANGUL, level("euc_kr", 0xB0, 0xC8), "’“”‘…·「」《》—"),)


@cache
def every() -> tuple[Alphabet, ...]:
    """All of them."""
    one_letter_each = WESTERN + CENTRAL + CYRILLIC + GREEK + TURKISH + HEBREW + ARABIC + BALTIC
    return (*one_letter_each, *THAI, *simplified(), *traditional(), *japanese(), *korean())
