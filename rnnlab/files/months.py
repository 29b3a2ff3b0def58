"""Names of months, whole or cut off, in the languages that files come in."""

from __future__ import annotations

from collections import defaultdict

STEMS = (
    "januar january janvier enero gennaio janeiro januari stycz január ianuarie январ січ ocak ιαν",
    "februar february février fevrier febrero febbraio fevereiro februari luty lutego február "
    "februarie феврал лют şubat φεβ",
    "march märz mrz mars marzo março maart marzec marca március martie март берез mart maret μαρ",
    "april avril abril aprile kwiec kwiet április aprilie апрел апріл квіт nisan απρ",
    "may mai mayo maggio maio mei maj maja május май мая трав mayıs μαΐ μάι μαι",
    "june juni juin junio giugno junho czerw június iunie июн июнь июня черв haziran ιουν ιούν "
    "ιουνίου",
    "july juli juillet julio luglio julho lipiec lipca július iulie июл июль июля лип temmuz ιουλ "
    "ιούλ ιουλίου",
    "august août aout agosto augustus sierp augusztus авгус серп ağustos agustus αυγ αύγ αυγού",
    "september septembre septiembre settembre setembro wrzes wrześ szeptember septembrie сентяб "
    "верес eylül σεπ",
    "october oktober octobre octubre ottobre outubro paźdz október octombrie октяб жовт ekim οκτ",
    "november novembre noviembre novembro listop noiembrie ноябр листоп kasım νοε",
    "december dezember décembre decembre diciembre dicembre dezembro desember grud decembrie "
    "декабр груд aralık δεκ",
)
"""How their names begin, for words that change their ends: in English, German, French, Spanish,
Italian, Portuguese, Dutch, the Nordic languages, Polish, Hungarian, Romanian, Russian, Ukrainian,
Turkish, Indonesian and Greek."""

SHORTEST, LONG, LONGEST_END = 3, 5, 4
"""Letters of the shortest name, of a stem that may have an end, and of such an end."""


def _beginnings() -> dict[str, int]:
    """The month of each beginning of a stem that is of no other month."""
    months: dict[str, set[int]] = defaultdict(set)
    for month, stems in enumerate(STEMS, 1):
        for stem in stems.split():
            for n_letters in range(SHORTEST, len(stem) + 1):
                months[stem[:n_letters]].add(month)
    whole = {stem: month for month, stems in enumerate(STEMS, 1) for stem in stems.split()}
    alone = {word: min(numbers) for word, numbers in months.items() if len(numbers) == 1}
    return alone | whole


BEGINNINGS = _beginnings()
LONG_STEMS = {stem for stems in STEMS for stem in stems.split() if len(stem) >= LONG}


def month_of(word: str) -> int | None:
    """The month that a word of small letters names, None if it names none."""
    if word in BEGINNINGS:
        return BEGINNINGS[word]
    ends = range(1, LONGEST_END + 1)
    return next((BEGINNINGS[word[:-n]] for n in ends if word[:-n] in LONG_STEMS), None)
