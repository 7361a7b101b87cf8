"""Cells come out as the standard library writes them, and each knows its line."""

import csv
import gzip
from io import StringIO

import pytest

from skeeg.datasets._csv_rows import decode_text, parse_rows

HEADER = ["x1", "a name, with a comma", "y"]
CELLS = [["1.50", 'says "no"', ""], ["-2e3", "two\nlines", "0"], ["", " spaced ", "ü"]]


def as_text(separator=",", lineterminator="\n"):
    file = StringIO()
    csv.writer(file, delimiter=separator, lineterminator=lineterminator).writerows([HEADER, *CELLS])
    return file.getvalue()


def parse(raw, **options):
    text = decode_text(raw, "table", layout="legal are tables")
    return parse_rows(text, "table", layout="legal are tables", **options)


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("lineterminator", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_cells_are_those_that_were_written(separator, lineterminator, encoding, pack):
    text = as_text(separator, lineterminator) + 2 * lineterminator
    rows = parse(pack(text.encode(encoding)), separator=separator)
    assert rows.header == HEADER
    assert rows.cells == CELLS
    assert rows.lines == [2, 4, 5]


def test_empty_last_cells_stay():
    assert parse(b"a\tb\n1\t\n2\t\n", separator="\t").cells == [["1", ""], ["2", ""]]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "table is empty; legal are tables"),
        (b"a,b\n", "a header and no rows"),
        (b"a;b\n1;2\n", "no commas in line 1: 'a;b'; legal are tables"),
        (b"a,b\n1,2\n1,2,3\n", "table, line 3: 3 cells; legal are 2"),
        (b'a,b\n1,"2\n', "table is no csv: unexpected end of data"),
        ("ä,b\n1,2\n".encode("latin-1"), "no csv in UTF-8"),
        (gzip.compress(b"a,b\n1,2\n")[:-9], "damaged gzip"),
        (b"<!DOCTYPE html>", "HTML page"),
    ],
)
def test_what_is_no_table_is_refused(raw, message):
    with pytest.raises(ValueError, match=message):
        parse(raw)


def test_other_separators_are_named():
    with pytest.raises(ValueError, match="has no tabs in line 1"):
        parse(b"a,b\n1,2\n", separator="\t")
