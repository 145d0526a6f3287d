"""Printing: a page as the browser prints it, and the words on that paper.

In: a page. Out: PDF, its pages and words. It knows nothing of what the site prints.
"""

from __future__ import annotations

import io
import unicodedata

from playwright.sync_api import Page
from pypdf import PdfReader

PAPERS = ("A4", "Letter")
# Width of the paper without its margins (see print.css), in CSS pixels of 1/96 inch.
WIDTHS = {"A4": round((210 - 32) / 25.4 * 96), "Letter": round((215.9 - 32) / 25.4 * 96)}


def print_out(page: Page, paper: str) -> PdfReader:
    """Print to PDF on this paper."""
    return PdfReader(io.BytesIO(page.pdf(format=paper)))


def words_of(pdf: PdfReader) -> str:
    """All text on the paper; ligatures are letters again."""
    return unicodedata.normalize("NFKC", "\n".join(sheet.extract_text() for sheet in pdf.pages))


def lines_of(pdf: PdfReader) -> list[tuple[int, int, str]]:
    """Each line with its page and its place from the left, in points."""
    lines: list[tuple[int, int, str]] = []
    for number, sheet in enumerate(pdf.pages):

        def note(text: str, to_page: list[float], of_text: list[float], *_: object, on: int = number) -> None:
            lines.append((on, round(of_text[4] * to_page[0] + to_page[4]), text))

        sheet.extract_text(visitor_text=note)
    return lines


def squeeze(text: str) -> str:
    """Text without any space, so that line breaks on the paper do not matter."""
    return "".join(unicodedata.normalize("NFKC", text).replace("\u00ad", "").split())
