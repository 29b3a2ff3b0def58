"""Numbers as they are written in ten countries and by programs."""

from __future__ import annotations


def grouped(digits: str, mark: str, sizes: tuple[int, ...] = (3,)) -> str:
    """Whole digits in groups from the right; the last size goes on."""
    groups, rest = [], digits
    for size in (*sizes, *[sizes[-1]] * len(digits)):
        if rest:
            groups.insert(0, rest[-size:])
            rest = rest[:-size]
    return mark.join(groups)


STYLES = {
    "American": (".", ",", (3,)),
    "German": (",", ".", (3,)),
    "French": (",", "\u202f", (3,)),
    "Swedish": (",", "\u00a0", (3,)),
    "Polish": (",", " ", (3,)),
    "Swiss": (".", "’", (3,)),
    "Liechtenstein's": (".", "'", (3,)),
    "Indian": (".", ",", (3, 2)),
    "South African": (".", " ", (3,)),
    "a program's": (".", "", (3,)),
    "a German program's": (",", "", (3,)),
}


def in_style(number: int, style: str, decimals: int) -> str:
    """A number, given without its decimal mark, as it is written in a country."""
    decimal, mark, sizes = STYLES[style]
    digits = f"{abs(number):0{decimals + 1}d}"
    whole, fraction = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
    sign = "-" if number < 0 else ""
    return sign + grouped(whole, mark, sizes) + (decimal + fraction if decimals else "")
