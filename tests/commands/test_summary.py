"""Results of comparisons, printed: every sampler, what failed, and the same in each format."""

import io
import json

import numpy as np
import pandas as pd
import pytest

from skeeg._commands._summary import FORMATS
from skeeg.model_selection import SamplerComparison

NAMES = ["none", "SMOTE", "one that is better", "one that fails"]


@pytest.fixture
def comparison():
    scores = [[0.70, 0.72, 0.68], [0.70, 0.71, 0.69], [0.85, 0.86, 0.84], [np.nan] * 3]
    table = pd.DataFrame(
        {
            "sampler": np.repeat(NAMES, 3),
            "repeat": 0,
            "fold": [0, 1, 2] * 4,
            "n_train": 200,
            "n_test": 100,
            "score": np.ravel(scores),
            "seconds": 1.25,
            "n_synthetic": 50,
            "error": [""] * 9 + ["ValueError: no"] * 3,
        }
    )
    return SamplerComparison(table, metric="accuracy")


def write(form, comparison, worthwhile=0.01):
    return "\n".join(FORMATS[form](comparison, worthwhile))


def test_the_table_says_what_each_sampler_gains_and_which_failed(comparison):
    text = write("table", comparison)
    lines = text.splitlines()
    assert lines[0] == "accuracy on the test rows, mean of 3 folds"
    rows = {line[:22].strip(): line[22:].split() for line in lines}
    assert rows["none"] == ["0.700", "1.2"]
    assert rows["one that is better"][:2] == ["0.850", "+0.150"]
    assert rows["one that fails"][0] == "failed"
    assert "SMOTE, the best of the simple" in " ".join(lines)
    assert any(line.startswith("one that is better: use it.") for line in lines)
    assert max(map(len, lines)) <= 80


def test_what_is_worthwhile_decides(comparison):
    assert "one that is better: don't." in write("table", comparison, worthwhile=0.5)


def test_formats_hold_the_same_figures(comparison):
    as_csv = pd.read_csv(io.StringIO(write("csv", comparison)), index_col="sampler")
    as_json = json.loads(write("json", comparison))
    assert (as_json["metric"], as_json["best_classical"]) == ("accuracy", "SMOTE")
    rows = pd.DataFrame(as_json["samplers"]).set_index("sampler")
    assert list(as_csv.index) == list(rows.index) == NAMES
    for name in ("score", "gain", "gain_p", "seconds"):
        np.testing.assert_array_equal(as_csv[name], rows[name].astype(float))
    assert as_csv.loc["one that is better", "verdict"] == "use it"
    assert as_json["samplers"][0]["verdict"] is None
