"""
Write your own GAN in one file
==============================

Every GAN sampler of skeeg is two networks; all the rest, from checks and scaling to training,
drawing and data frames, is in :class:`~skeeg.over_sampling.BaseGANSampler`. You will see a new one
written, checked with the suites of scikit-learn and imbalanced-learn, trained, measured, and put
into a pipeline with a grid search over a parameter that no other sampler has.
"""

# %%
# Two networks
# ------------
#
# The generator gets the class of each signal to draw and a source of random numbers. It returns
# signals as the networks of skeeg see them, `(n_samples, n_channels, n_times + 2)`: a waveform of
# zero mean and unit root mean square, then its amplitude and its mean.
# :class:`~skeeg.nn.SignalHead` finishes any waveform to that form, and adds noise with a learned
# spectrum. :class:`~skeeg.nn.LatentCode` joins random values to a code of the class.
#
# Here a few coarse points are interpolated, and a single convolution smooths them. Two rules make
# it work with everything: no global random numbers, and no buffers, so no batch normalisation.

import torch
from torch import nn
from torch.nn.functional import interpolate, leaky_relu

from skeeg.nn import LatentCode, ProjectionHead, SignalHead, SpectrumFeatures


class Generator(nn.Module):
    """Draw a few coarse points, interpolate and smooth them."""

    def __init__(self, n_channels, n_times, n_classes, latent_dim, width, kernel_size):
        super().__init__()
        self.n_times, self.width = n_times, width
        self.code = LatentCode(n_classes, latent_dim)
        self.start = nn.Linear(self.code.size, width * (n_times // 4 + 1))
        self.smooth = nn.Conv1d(width, n_channels, kernel_size, padding="same")
        self.head = SignalHead(self.code.size, n_channels, n_times)

    def forward(self, labels, random):
        """Draw a signal for each label."""
        code = self.code(labels, random)
        coarse = leaky_relu(self.start(code), 0.2).unflatten(1, (self.width, -1))
        wave = self.smooth(interpolate(coarse, self.n_times, mode="linear"))
        return self.head(wave, code, random)


# %%
# The discriminator gets signals in the same form and the classes they claim, and returns a score
# for each. :class:`~skeeg.nn.SpectrumFeatures` shows it the log-spectrum beside its own layers,
# and :class:`~skeeg.nn.ProjectionHead` weighs how well all that fits the class.


class Discriminator(nn.Module):
    """Look at a signal through one layer, and at its spectrum."""

    def __init__(self, n_channels, n_times, n_classes, width, kernel_size):
        super().__init__()
        self.layer = nn.Conv1d(n_channels, width, kernel_size, stride=2, padding=kernel_size // 2)
        self.spectrum = SpectrumFeatures(n_channels, n_times)
        n_features = width * ((n_times - 1) // 2 + 1) + self.spectrum.size
        self.head = ProjectionHead(n_features, n_classes)

    def forward(self, signals, labels, random):
        """Score each signal as one of its class."""
        wave = leaky_relu(self.layer(signals[..., :-2]), 0.2).flatten(1)
        return self.head(torch.cat([wave, self.spectrum(signals)], 1), labels)


# %%
# The sampler
# -----------
#
# The class makes the networks. A parameter of its own is named in `__init__`, with its legal
# values in `_parameter_constraints`; all others are handed on.

from numbers import Integral

from sklearn.utils._param_validation import Interval

from skeeg.over_sampling import BaseGANSampler


class SmoothGANSampler(BaseGANSampler):
    """Over-sample classes with smooth signals."""

    _parameter_constraints = {
        **BaseGANSampler._parameter_constraints,
        "kernel_size": [Interval(Integral, 1, None, closed="left")],
    }

    def __init__(self, *, kernel_size=9, **params):
        super().__init__(**params)
        self.kernel_size = kernel_size

    def _make_generator(self, n_channels, n_times, n_classes):
        sizes = n_channels, n_times, n_classes
        return Generator(*sizes, self.latent_dim, self.width, self.kernel_size)

    def _make_discriminator(self, n_channels, n_times, n_classes):
        return Discriminator(n_channels, n_times, n_classes, self.width, self.kernel_size)


print(SmoothGANSampler(kernel_size=15, max_iter=200))

# %%
# Is it a good citizen?
# ---------------------
#
# The suites of both libraries fit it on all sorts of data, some hundred times: signals of one
# point, labels that are strings, data frames, data with NaN that it must refuse. Tiny networks and
# two iterations keep that quick.

import warnings

from imblearn.utils.estimator_checks import estimator_checks_generator
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils.estimator_checks import check_estimator

tiny = SmoothGANSampler(max_iter=2, batch_size=4, latent_dim=3, width=2, random_state=0)
with warnings.catch_warnings():
    warnings.simplefilter("ignore", ConvergenceWarning)  # after two iterations, no wonder
    of_scikit_learn = check_estimator(tiny, on_skip=None)
    of_imbalanced_learn = list(estimator_checks_generator(tiny))
    for sampler, check in of_imbalanced_learn:
        check(sampler)
print(len(of_scikit_learn), "and", len(of_imbalanced_learn), "checks passed")

# %%
# Is it any good?
# ---------------
#
# It is trained on half of the recordings. The distance of its signals to the other half stands
# beside that of the real ones: no generator can be expected to do better than that.

import numpy as np
import pandas as pd

from skeeg.datasets import make_seizures
from skeeg.metrics import amplitude_distance, spectral_distance
from skeeg.over_sampling import R3GANSampler

eeg = make_seizures(n_recordings=60, random_state=0)
half = eeg.groups % 2 == 0
X, y = eeg.data[half], eeg.target[half]
other = eeg.data[~half][eeg.target[~half] == 1]

settings = {"max_iter": 200, "random_state": 0}
drawn = {"real, from the other recordings": X[y == 1]}
for sampler in (SmoothGANSampler(**settings), R3GANSampler(**settings)):
    drawn[type(sampler).__name__] = sampler.fit(X, y).sample(len(other), 1, random_state=0)

rate = {"sampling_rate": eeg.sampling_rate}
pd.DataFrame(
    {
        "spectrum (dB)": {n: spectral_distance(other, d, **rate) for n, d in drawn.items()},
        "amplitude (decades)": {n: amplitude_distance(other, d, **rate) for n, d in drawn.items()},
    }
).round(2)

# %%
# And this is what it draws:

from skeeg.plotting import SignalDisplay

ours = drawn["SmoothGANSampler"]
SignalDisplay.from_samples(
    other,
    np.ones(len(other), int),
    ours,
    np.ones(len(ours), int),
    unit="µV",
    random_state=0,
    display_labels=["seizure"],
    **rate,
)

# %%
# In a pipeline
# -------------
#
# Like any other sampler it goes into a pipeline, is trained again inside every fold, and has its
# parameters tuned; `n_jobs`, `memory` and pickling work as well.

from imblearn.pipeline import Pipeline
from sklearn.model_selection import GridSearchCV, StratifiedGroupKFold
from sklearn.svm import SVC

from skeeg.feature_extraction import WaveletFeatures

gan = SmoothGANSampler(max_iter=50, random_state=0)
model = Pipeline([("gan", gan), ("feat", WaveletFeatures()), ("svm", SVC())])
grid = GridSearchCV(
    model,
    {"gan__kernel_size": [3, 15]},
    scoring="balanced_accuracy",
    cv=StratifiedGroupKFold(3),
).fit(eeg.data, eeg.target, groups=eeg.groups)
pd.DataFrame(grid.cv_results_)[["params", "mean_test_score", "std_test_score"]].round(3)

# %%
# What next?
# ----------
#
# With samplers that are compared like this, a new idea costs two classes: another architecture,
# another loss (see :class:`~skeeg.nn.BaseLoss`), layers that change while training proceeds (a
# module with an attribute `progress` finds there how far it is). Sampler, networks and checks fit
# into one file, and nothing in skeeg has to be changed for it.
