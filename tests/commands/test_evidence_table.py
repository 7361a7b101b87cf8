"""Figures of evidence, printed: all of them, in eighty columns, and the same in each format."""

import io
import json

import numpy as np
import pandas as pd
import pytest

from skeeg._commands._evidence_table import FORMATS
from skeeg.model_selection import Evidence

INDEX = ["sampler", "class", "metric"]


def figures(*metrics):
    index = pd.MultiIndex.from_product([["rows"], ["rest", "task"], metrics], names=INDEX)
    values = np.linspace(0.1, 1 / 3, len(index))
    columns = {"synthetic": values, "floor": values / 2, "floor_sd": 0.01, "better": "lower"}
    return pd.DataFrame(columns, index=index)


@pytest.fixture(params=[True, False], ids=["with privacy", "without privacy"])
def evidence(request):
    costs = {"n_synthetic": 8, "seconds": np.nan, "n_copies": 0, "error": ""}
    privacy = figures("membership_auc", "closest_record_share")
    notes = [("rows", "task", "privacy is not measured: there are few.")]
    return Evidence(
        costs=pd.DataFrame(costs, index=pd.Index(["rows"], name="sampler")),
        fidelity=figures("spectral_distance", "two_sample_auc"),
        privacy=privacy if request.param else privacy.iloc[:0],
        notes=pd.DataFrame(notes, columns=["sampler", "class", "note"]),
        real=None,
        synthetic={},
        sampling_rate=100.0,
    )


def write(form, evidence):
    return "\n".join(FORMATS[form](evidence))


def test_the_table_has_a_line_for_each_figure(evidence):
    text = write("table", evidence)
    for part in (evidence.fidelity, evidence.privacy):
        for (_, label, metric), row in part.iterrows():
            numbers = [f"{row['synthetic']:.3f}", f"{row['floor']:.3f}", "±", "0.010", "lower"]
            assert [metric, label, *numbers] in [line.split() for line in text.splitlines()]
    assert ("privacy: not measured" in text) == (len(evidence.privacy) == 0)
    assert "note: class task: privacy is not measured: there are few." in text
    assert text.splitlines()[-1] != ""
    assert max(map(len, text.splitlines())) <= 80


def test_formats_hold_the_same_figures(evidence):
    as_csv = pd.read_csv(io.StringIO(write("csv", evidence)))
    as_json = json.loads(write("json", evidence))
    assert set(as_json) == {"verdict", "costs", "figures", "notes"}
    as_json = pd.DataFrame(as_json["figures"])
    expected = [*evidence.fidelity["synthetic"], *evidence.privacy["synthetic"]]
    np.testing.assert_array_equal(as_csv["synthetic"], expected)
    np.testing.assert_array_equal(as_json["synthetic"], expected)
    assert as_csv["kind"].tolist() == as_json["kind"].tolist()
