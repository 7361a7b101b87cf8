"""Rows become what JSON can hold, to the last digit."""

import json

import numpy as np
import pandas as pd

from skeeg._commands._records import to_records


def test_numbers_keep_their_digits_and_gaps_are_null():
    value = 6.987029075493645e-05
    table = pd.DataFrame(
        {"a": [value, np.nan], "n": pd.array([1, None], "Int64"), "i": [3, 4], "t": ["x", None]}
    )
    assert json.loads(json.dumps(to_records(table))) == [
        {"a": value, "n": 1, "i": 3, "t": "x"},
        {"a": None, "n": None, "i": 4, "t": None},
    ]
