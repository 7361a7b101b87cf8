"""
First synthetic seizures
========================

You will see a WaveGAN learn seizures from a handful of recordings, look at what it draws beside
what is real, measure how far the two are apart, and let the drawings fill up the training set of
a classifier. The classifier is scored on recordings that neither of the two has seen: only there
does it show whether the synthetic seizures were of any use.

The recordings are simulated, so nothing has to be downloaded, and nothing that comes out here says
anything about real EEG. The last section says how to go on with real recordings.
"""

# %%
# Few seizures
# ------------
#
# A hundred recordings of one channel, cut into windows of a second. One recording in ten is a
# seizure, so a classifier that never finds one is right nine times out of ten. `groups` says which
# recording a window comes from; it will be needed whenever data are split.

import numpy as np

from skeeg.datasets import make_seizures

eeg = make_seizures(n_recordings=100, seizure_fraction=0.1, random_state=0)
X, y, groups = eeg.data, eeg.target, eeg.groups
print(f"{len(X)} windows of {X.shape[1]} time points, {y.sum()} of them seizures")

# %%
# Train
# -----
#
# A sampler of skeeg is used like one of imbalanced-learn: `fit_resample` returns the real windows,
# unchanged, with synthetic ones below them, so many that all classes are equally frequent.
# One network learns both classes at a time; so the seizures, which are few, borrow from the
# background what all recordings have in common. 200 iterations take about ten seconds; the default
# of 500 and more pay where there are more recordings.

from skeeg.over_sampling import WaveGANSampler

sampler = WaveGANSampler(max_iter=200, random_state=0)
X_resampled, y_resampled = sampler.fit_resample(X, y)
print(np.bincount(y), "->", np.bincount(y_resampled))

# %%
# `history_` is a table of the training. The loss of the discriminator should settle: where it
# falls and falls, the discriminator is learning its few real windows by heart.

losses = sampler.history_.set_index("iteration")[["discriminator_loss", "generator_loss"]]
losses.rolling(20).mean().iloc[19::30].round(3)

# %%
# Look
# ----
#
# The trained generator draws as many windows of each class as wanted. Real ones are on the left,
# synthetic ones on the right, on the same scale. The windows are drawn at random: three good ones
# would be easy to pick.

from skeeg.plotting import SignalDisplay, SpectrumDisplay

n_drawn = 300
synthetic = np.concatenate([sampler.sample(n_drawn, label, random_state=0) for label in (0, 1)])
samples = X, y, synthetic, np.repeat([0, 1], n_drawn)
common = {"sampling_rate": eeg.sampling_rate, "display_labels": eeg.target_names}

SignalDisplay.from_samples(*samples, unit="µV", random_state=0, **common)

# %%
# Single windows say little about the whole. The spectra do: above, the mean of all windows and the
# range of most of them; below, what is left when the real spectrum is taken away. The grey band is
# what two halves of the *real* recordings differ by. Inside it, the generator cannot be blamed.
# With ten recordings of seizures their band is wide, and that is the point: so little do ten
# recordings say about seizures.

SpectrumDisplay.from_samples(*samples, groups=groups, random_state=0, **common)

# %%
# Measure
# -------
#
# The same in two numbers, one for the shape of the spectrum and one for the amplitude, each beside
# its floor: the number for two halves of the real recordings.

from skeeg.metrics import amplitude_distance, spectral_distance

X_seizure, X_drawn = X[y == 1], synthetic[n_drawn:]
half = np.isin(groups[y == 1], np.unique(groups[y == 1])[::2])
for distance in (spectral_distance, amplitude_distance):
    ours = distance(X_seizure, X_drawn, sampling_rate=eeg.sampling_rate)
    floor = distance(X_seizure[half], X_seizure[~half], sampling_rate=eeg.sampling_rate)
    print(f"{distance.__name__}: {ours:.2f} (real halves: {floor:.2f})")

# %%
# Small distances do not make useful windows. Copies of the real windows have distance zero, and
# would teach a classifier nothing.
#
# Use
# ---
#
# In a pipeline the sampler is trained anew inside each training fold and left out at prediction, so
# test folds hold real windows only. `StratifiedGroupKFold` keeps recordings together: windows of
# one recording resemble each other, and a classifier that has met the recording would be flattered.
#
# Doing nothing and two cheap ways to balance the classes are scored on the same folds.

from imblearn.over_sampling import SMOTE, RandomOverSampler
from imblearn.pipeline import Pipeline
from sklearn.model_selection import StratifiedGroupKFold, cross_validate
from sklearn.svm import SVC

from skeeg.feature_extraction import WaveletFeatures

samplers = {
    "no augmentation": "passthrough",
    "random oversampling": RandomOverSampler(random_state=0),
    "SMOTE": SMOTE(random_state=0),
    "WaveGAN": WaveGANSampler(max_iter=200, random_state=0),
}
scores = {}
for name, sampler in samplers.items():
    model = Pipeline([("sampler", sampler), ("features", WaveletFeatures()), ("svm", SVC())])
    scores[name] = cross_validate(
        model,
        X,
        y,
        groups=groups,
        cv=StratifiedGroupKFold(5),
        scoring=["balanced_accuracy", "roc_auc"],
    )

# %%
# Balanced accuracy is the mean of the shares of seizures and of background that are recognised;
# guessing gives 0.5. The area under the curve does not depend on where the classifier draws its
# line between the two.

import pandas as pd

metrics = ["test_balanced_accuracy", "test_roc_auc"]
folds = {name: pd.DataFrame(score)[metrics] for name, score in scores.items()}
pd.DataFrame({name: fold.mean() for name, fold in folds.items()}).T.round(3)

# %%
# Five folds of two seizure recordings each scatter a lot. A difference between two samplers counts
# only if it is large beside its own scatter from fold to fold:

gain = {name: folds["WaveGAN"] - fold for name, fold in folds.items() if name != "WaveGAN"}
pd.concat({name: fold.agg(["mean", "std"]) for name, fold in gain.items()}).round(3)

# %%
# What to conclude
# ----------------
#
# Left alone, the classifier misses about half of the seizures; with balanced classes, by whatever
# way, it finds most of them. The WaveGAN does about as well as copying windows, at hundreds of
# times the price. And the area under the curve stays where it was, with all of them: the classifier
# had ranked the windows well from the start. What it gained is a line drawn in a better place,
# which `SVC(class_weight="balanced")` would have done for nothing.
#
# That is not a failure of the demonstration but a common result, and the reason to keep the cheap
# ways in every comparison: see :doc:`/user_guide/when_not_to_use_a_gan`. A GAN can pay where the
# wave itself matters and the classifier is hungry for examples. Whether it does on your recordings,
# only your recordings can tell:
#
# * Any `X` of shape `(n_samples, n_times)` or `(n_samples, n_channels, n_times)` takes the place of
#   the simulated one, in any unit; `groups` must name the recording, or better the person.
# * :func:`skeeg.datasets.load_epileptic_seizure` and :func:`skeeg.datasets.load_bonn` read
#   recordings that everybody can get.
# * `skeeg demo --data FILE` makes this comparison on such a file, with more folds and intervals.
