"""Sheets as a unit fills them in."""

from io import BytesIO
from typing import Any

import xlsxwriter

from services.identity.sheets import HEADINGS


class Formula(str):
    """A cell that is computed."""


def sheet(*rows: tuple[Any, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    """The template with these rows: name, kind, number, mobile, e-mail, department."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet("人员")
    page.write(0, 0, "说明")
    page.write_row(1, 0, headings)
    for n, row in enumerate(rows, 2):
        for column, cell in enumerate(row):
            if isinstance(cell, Formula):
                page.write_formula(n, column, cell)
            elif isinstance(cell, str):
                page.write_string(n, column, cell)
            else:
                page.write(n, column, cell)
    book.close()
    return out.getvalue()


def person(name: str, of: Any, kind: str = "", mobile: str = "", department: str = "") -> Any:
    """One row."""
    return (name, kind, of, mobile, "", department)
