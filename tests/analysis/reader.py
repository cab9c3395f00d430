"""Reading a page as a browser and a person would."""

from __future__ import annotations

import re
from html.parser import HTMLParser


class Reader(HTMLParser):
    """Collects what a browser would load, every id, and the text people read."""

    def __init__(self, page):
        super().__init__()
        self.loads, self.ids, self.text, self.skipping = [], [], [], 0
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        """Note what is loaded and how things are called."""
        values = dict(attributes)
        self.skipping += tag in ("style", "script")
        if tag in ("script", "img", "iframe", "object", "embed"):
            self.loads.append(tag)
        if tag == "link":
            self.loads.append(values["href"])
        if "id" in values:
            self.ids.append(values["id"])

    def handle_endtag(self, tag):
        """Come out of what nobody reads."""
        self.skipping -= tag in ("style", "script")

    def handle_data(self, data):
        """Keep what people read."""
        if not self.skipping:
            self.text.append(data)


class Tables(HTMLParser):
    """Collects every table that names its sheet: {sheet: rows of cells}, a cell as its pieces of text."""

    def __init__(self, page):
        super().__init__()
        self.found, self.rows = {}, None
        self.feed(page.replace("\N{WORD JOINER}", ""))

    def handle_starttag(self, tag, attributes):
        """Open a table, a row, a cell."""
        sheet = dict(attributes).get("data-sheet")
        if tag == "table":
            self.rows = self.found.setdefault(sheet, []) if sheet else None
        elif tag == "tr" and self.rows is not None:
            self.rows.append([])
        elif tag in ("th", "td") and self.rows is not None:
            self.rows[-1].append([])

    def handle_endtag(self, tag):
        """Close a table."""
        if tag == "table":
            self.rows = None

    def handle_data(self, data):
        """Keep the text of a cell."""
        if self.rows and self.rows[-1] and data.strip():
            self.rows[-1][-1].append(data.strip())


def numbers(text):
    """The numbers a person reads in a text, signs kept: "-$1,570 to +$20" gives -1570 and 20."""
    found = re.findall(r"([−+-]?)\$?(\d[\d,]*(?:\.\d+)?)", text.replace("–", " "))
    return [float(digits.replace(",", "")) * (-1 if sign in ("−", "-") else 1) for sign, digits in found]
