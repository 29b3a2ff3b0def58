"""Reviews from a table: a CSV or TSV file with the columns text and label."""

from __future__ import annotations

from rnnlab.sentiment.reviews import Reviews, fitting, of_both_kinds
from rnnlab.sentiment.table import FILM, LABEL, TEXT, Table, label_of


def reviews_in_table(content: bytes, name: str) -> Reviews:
    """The reviews of a table with a header that names at least the columns text and label.

    Commas, semicolons or tabs separate the cells; quotation marks may stand around a text, and
    must where it holds a separator or goes over several lines. Labels are 0 or 1, neg or pos,
    negative or positive. A column film (or movie, url) says which reviews belong together.

    A `ReviewsError` names the line, from 1, in which a row begins that cannot be read.
    """
    table = Table.of(content, name, (TEXT, LABEL))
    texts, labels, films = [], [], []
    for place, cells in table.rows():
        labels.append(label_of(table.cell(LABEL, cells), place))
        texts.append(fitting(table.cell(TEXT, cells), place))
        films.append(table.cell(FILM, cells))
    told = tuple(films) if FILM in table.columns else None
    return of_both_kinds(Reviews(tuple(texts), tuple(labels), name, table.notices, told))
