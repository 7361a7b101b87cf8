"""sampler_evidence: one fit of each sampler, judged on rows that it has not seen."""

import numpy as np
import pandas as pd
import pytest
from imblearn.over_sampling import SMOTE, RandomOverSampler
from numpy.testing import assert_array_equal

from skeeg.datasets import make_seizures
from skeeg.model_selection import sampler_evidence
from skeeg.over_sampling import JitterSampler

RATE = 178.0


class Spy:
    """Adds noise to what it is given, which it keeps."""

    seen = None

    def fit_resample(self, X, y, groups=None):
        Spy.seen = X
        return np.concatenate([X, X + 1.0]), np.concatenate([y, y])


class Broken:
    """Cannot."""

    def fit_resample(self, X, y):
        raise RuntimeError("no")


class Shuffler:
    """Returns rows of which nobody knows which are new."""

    def fit_resample(self, X, y):
        return np.concatenate([X, X])[::-1], np.concatenate([y, y])[::-1]


@pytest.fixture(scope="module")
def eeg():
    return make_seizures(60, 3, random_state=0)


def judge(eeg, samplers, **settings):
    defaults = {"groups": eeg.groups, "sampling_rate": RATE, "n_repeats": 2, "random_state": 0}
    return sampler_evidence(samplers, eeg.data, eeg.target, **(defaults | settings))


@pytest.fixture(scope="module")
def found(eeg):
    samplers = {
        "copies": RandomOverSampler(),
        "jitter": JitterSampler(),
        "spy": Spy(),
        "broken": Broken(),
        "shuffler": Shuffler(),
    }
    return judge(eeg, samplers)


def test_copies_and_betrayal_are_found(found):
    verdicts = found.verdict()["verdict"]
    assert verdicts["copies"] == "copies"
    assert verdicts["jitter"] == "betrays the training"
    assert found.costs.loc["copies", "n_copies"] == found.costs.loc["copies", "n_synthetic"]


def test_every_class_gets_as_many_rows_as_it_has(eeg, found):
    n_train = len(Spy.seen)
    assert (found.costs["n_synthetic"][:3] == n_train).all()
    trained = found.about.classes["training rows"]
    counts = pd.Series(found.synthetic["jitter"].y).value_counts().sort_index()
    assert_array_equal(counts, trained)


def test_what_is_held_out_was_never_seen(eeg, found):
    seen = {row.tobytes() for row in Spy.seen}
    held_out = {row.tobytes() for row in found.real.X.reshape(len(found.real.X), -1)}
    assert held_out
    assert not seen & held_out
    assert not set(found.real.groups) & set(eeg.groups[[row.tobytes() in seen for row in eeg.data]])


def test_failures_are_recorded_and_do_not_end_the_others(found):
    assert found.costs["error"]["broken"] == "RuntimeError: no"
    assert "cannot be told from them" in found.costs["error"]["shuffler"]
    assert found.verdict()["verdict"][["broken", "shuffler"]].tolist() == ["not measured"] * 2
    assert set(found.fidelity.index.get_level_values("sampler")) == {"copies", "jitter", "spy"}


def test_a_seed_decides_everything(eeg):
    first, again, other = (
        judge(eeg, [JitterSampler()], max_rows=12, random_state=seed) for seed in (3, 3, 4)
    )
    assert first.fidelity.equals(again.fidelity)
    assert first.privacy.equals(again.privacy)
    assert not first.fidelity.equals(other.fidelity)


def test_baselines_may_be_judged_too_and_flat_samplers_see_flat_rows(eeg):
    found = judge(eeg, [SMOTE()], max_rows=12)
    stacked = sampler_evidence(
        [SMOTE()],
        eeg.data[:, np.newaxis],
        eeg.target,
        groups=eeg.groups,
        sampling_rate=RATE,
        n_repeats=2,
        max_rows=12,
        random_state=0,
    )
    assert_array_equal(found.fidelity["synthetic"], stacked.fidelity["synthetic"])


@pytest.mark.parametrize(
    ("samplers", "change", "error", "message"),
    [
        ([Broken], {}, TypeError, "must be an object with the method fit_resample"),
        ([Broken(), Broken()], {}, ValueError, "several objects of class Broken"),
        ([Broken()], {"n_channels": 5}, ValueError, "n_channels=5 does not divide"),
        ([Broken()], {"cv": 1000}, ValueError, "n_splits"),
        ([Broken()], {"band": (60, 1)}, ValueError, "band must be two frequencies"),
        ([Broken()], {"band": ()}, ValueError, "band must be two frequencies"),
        ([Broken()], {"band": ("a", "b")}, ValueError, "band must be two frequencies"),
        ([Broken()], {"groups": np.zeros(3)}, ValueError, "groups has 3 entries"),
        ("R3GAN", {}, ValueError, "'samplers' parameter"),
    ],
)
def test_bad_input_is_named_before_any_fit(eeg, samplers, change, error, message):
    with pytest.raises(error, match=message):
        judge(eeg, samplers, **change)
