"""What is particular to blocks of columns that are drawn jointly."""

import inspect

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.base import clone

from skeeg.over_sampling import BaseGANSampler, MultiModalGANSampler
from skeeg.over_sampling._codec import SignalCodec, split_blocks

BLOCKS = {"fast": (2, 30), "slow": (3, 4), "once": (1, 1)}
TINY = {"max_iter": 2, "batch_size": 4, "latent_dim": 3, "width": 2, "random_state": 0}

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")


@pytest.fixture
def rows(rng):
    """Rows with the three blocks, 73 columns, and their classes."""
    return rng.standard_normal((24, 73)).cumsum(axis=1), np.repeat([0, 1], [16, 8])


@pytest.fixture
def pairs(rng):
    """Noise whose level follows a slow wave of the same row, in one class turned over."""
    y = np.arange(300) % 2
    course = rng.standard_normal((300, 8)).cumsum(axis=1)
    course -= course.mean(axis=1, keepdims=True)
    course /= course.std(axis=1, keepdims=True)
    fast = 20 * np.exp(0.8 * course.repeat(8, axis=1)) * rng.standard_normal((300, 64))
    slow = np.where(y, 1, -1)[:, None] * course + 0.2 * rng.standard_normal((300, 8))
    return np.hstack([fast, slow]), y


def coupling(fast, slow):
    """Correlation in time of the slow block with the local log-power of the fast one."""
    log_power = np.log(np.square(fast).reshape(len(fast), 8, 8).mean(axis=-1))
    both = zip(log_power, slow, strict=True)
    return np.mean([np.corrcoef(ours, theirs)[0, 1] for ours, theirs in both])


def test_each_block_is_encoded_as_on_its_own(rows):
    X, _ = rows
    sampler = MultiModalGANSampler(blocks=BLOCKS)
    encoded = sampler._make_codec(X[:, None]).encode(X[:, None])
    shapes = [(n_channels, n_times + 2) for n_channels, n_times in BLOCKS.values()]
    found = split_blocks(encoded, shapes)
    for part, block in zip(found, split_blocks(X, BLOCKS.values()), strict=True):
        assert_array_equal(part, SignalCodec(block).encode(block))


def test_each_block_has_a_unit_of_its_own(rows):
    X, y = rows
    units = np.repeat([1e-6, 1e3, 1e20], [60, 12, 1])
    sampler = MultiModalGANSampler(blocks=BLOCKS, **TINY)
    expected = clone(sampler).fit(X, y).sample(5, random_state=0)
    found = sampler.fit(X * units, y).sample(5, random_state=0)
    assert_allclose(found / units, expected, atol=1e-2 * np.abs(expected).max())
    for block, real in zip(
        split_blocks(found, BLOCKS.values()), split_blocks(X * units, BLOCKS.values()), strict=True
    ):
        assert np.abs(block.mean(axis=-1)).max() <= 1.001 * np.abs(real.mean(axis=-1)).max()


def test_one_block_is_the_same_as_none(rows):
    X, y = rows
    expected = MultiModalGANSampler(**TINY).fit_resample(X, y)[0]
    found = MultiModalGANSampler(blocks={"all": (1, 73)}, **TINY).fit_resample(X, y)[0]
    assert_array_equal(found, expected)


@pytest.mark.parametrize("shape", [[1, 73], (np.int64(1), np.int32(73))], ids=["list", "numpy"])
def test_sizes_are_any_whole_numbers(rows, shape):
    expected = MultiModalGANSampler(blocks={"all": (1, 73)}, **TINY).fit_resample(*rows)[0]
    found = MultiModalGANSampler(blocks={"all": shape}, **TINY).fit_resample(*rows)[0]
    assert_array_equal(found, expected)


def test_one_block_of_several_channels_is_the_same_as_channels(rng):
    X, y = rng.standard_normal((24, 60)), np.repeat([0, 1], [16, 8])
    expected = MultiModalGANSampler(n_channels=3, **TINY).fit_resample(X, y)[0]
    found = MultiModalGANSampler(blocks={"all": (3, 20)}, **TINY).fit_resample(X, y)[0]
    assert_array_equal(found, expected)


def test_rows_are_kept_and_added_as_by_all_samplers(rows):
    X, y = rows
    sampler = MultiModalGANSampler(blocks=BLOCKS, validation_fraction=0.3, **TINY)
    X_resampled, y_resampled = sampler.fit_resample(X, y)
    assert_array_equal(X_resampled[:24], X)
    assert X_resampled.shape == (32, 73)
    assert np.bincount(y_resampled).tolist() == [16, 16]
    assert np.isfinite(X_resampled).all()
    assert sampler.history_["validation_distance"].notna().any()


@pytest.mark.parametrize(
    ("blocks", "params", "message"),
    [
        ([(2, 30)], {}, "'blocks' parameter of MultiModalGANSampler must be"),
        ({}, {}, r"X has 73 columns, but the blocks have 0 in all: {}"),
        ({"eeg": (2, 30), "bold": (1, 12)}, {}, r"the blocks have 72 in all: {'eeg': 60, 'bold':"),
        ({"eeg": 73}, {}, r"blocks\['eeg'\] is 73; it must be a pair"),
        ({"eeg": (1, 2, 30)}, {}, r"blocks\['eeg'\] is \(1, 2, 30\)"),
        ({"eeg": (2, 36.5)}, {}, r"blocks\['eeg'\] is \(2, 36.5\).* whole numbers"),
        ({"eeg": (1, 73), "bold": (0, 5)}, {}, r"blocks\['bold'\] is \(0, 5\).* at least 1"),
        ({"eeg": (-1, -73)}, {}, r"blocks\['eeg'\] is \(-1, -73\)"),
        ({"eeg": "ab"}, {}, r"blocks\['eeg'\] is 'ab'"),
        ({"eeg": (73, 1)}, {"n_channels": 73}, "X has 73 channels .* Leave n_channels at 1"),
    ],
)
def test_blocks_that_do_not_fit(rows, monkeypatch, blocks, params, message):
    monkeypatch.setattr("skeeg.over_sampling._game.train_gan", lambda *a, **k: pytest.fail("begun"))
    with pytest.raises(ValueError, match=message):
        MultiModalGANSampler(blocks=blocks, **params).fit(*rows)


def test_only_the_blocks_are_new():
    ours, base = (
        {name: p.default for name, p in inspect.signature(cls).parameters.items()}
        for cls in (MultiModalGANSampler, BaseGANSampler)
    )
    assert ours == {"blocks": None, **base}
    assert clone(MultiModalGANSampler(blocks=BLOCKS)).blocks == BLOCKS


def test_blocks_of_a_synthetic_row_belong_together(pairs):
    """Coupled with the sign of the class, and no longer so when shuffled."""
    X, y = pairs
    sampler = MultiModalGANSampler(
        blocks={"fast": (1, 64), "slow": (1, 8)},
        width=16,
        batch_size=32,
        max_iter=120,
        learning_rate=2e-3,
        random_state=0,
    ).fit(X, y)
    for label, sign in [(0, -1), (1, 1)]:
        fast, slow = np.split(sampler.sample(200, label, random_state=0), [64], axis=1)
        assert sign * coupling(*np.split(X[y == label], [64], axis=1)) > 0.9
        assert sign * coupling(fast, slow) > 0.5
        assert abs(coupling(fast, np.roll(slow, 1, axis=0))) < 0.2
