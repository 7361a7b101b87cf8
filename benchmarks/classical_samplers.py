"""Seconds that the classical samplers take, and copies and SMOTE beside them.

    python benchmarks/classical_samplers.py --repeats 5

Each sampler doubles a training set of two classes of random walks: 10 000 windows of 178 points,
and 1000 windows of 19 channels and 500 points. Timed is `fit_resample`, checks and containers
included. Samplers take turns, so that all see the same machine; printed are the medians. Samplers
of imbalanced-learn get the same rows flat.
"""

import argparse
import time

import numpy as np
import pandas as pd
from imblearn.over_sampling import SMOTE, RandomOverSampler

from skeeg.over_sampling import (
    AutoregressiveSampler,
    FourierSurrogateSampler,
    JitterSampler,
    Multiply,
    WarpSampler,
)

SHAPES = [(10_000, 178), (1000, 19, 500)]
OURS = [FourierSurrogateSampler, AutoregressiveSampler, JitterSampler, WarpSampler]
SAMPLERS = [RandomOverSampler, SMOTE, *OURS]


def seconds(sampler, X, y):
    """Time one call."""
    X = X if sampler in OURS else X.reshape(len(X), -1)
    instance = sampler(sampling_strategy=Multiply(2), random_state=0)
    start = time.perf_counter()
    instance.fit_resample(X, y)
    return time.perf_counter() - start


def measure(shape, repeats):
    """Return the medians of all samplers on windows of this shape."""
    X = np.random.default_rng(0).standard_normal(shape).cumsum(axis=-1)
    y = np.arange(len(X)) % 2
    taken = [{s.__name__: seconds(s, X, y) for s in SAMPLERS} for _ in range(repeats)]
    return pd.DataFrame(taken).median()


def main():
    """Print a column for each shape."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    table = {" x ".join(map(str, shape)): measure(shape, repeats) for shape in SHAPES}
    print(pd.DataFrame(table).round(3).to_string())


if __name__ == "__main__":
    main()
