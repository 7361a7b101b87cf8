"""
All samplers side by side on movements
======================================

You will see what each sampler of skeeg draws when it is shown the accelerometer of a watch: steps
beside real ones, and a table of costs and distances, for walking and for the much rarer seizures.
:doc:`plot_02_samplers_on_eeg` does the same for EEG. Here the signals are magnitudes of
acceleration, around 1000 milli-g, and a window lasts five seconds: some ten steps.
"""

# %%
# One half to learn from, one half to compare with
# -------------------------------------------------
#
# Forty simulated people rest, walk and run, and half of them have a tonic-clonic seizure. Samplers
# learn from every second person, all four classes at once: a GAN borrows from one what holds for
# the others. The other people are only there to compare with.

import numpy as np

from skeeg.datasets import make_movements

movements = make_movements(n_subjects=40, n_windows=8, seizure_fraction=0.5, random_state=0)
labels = {name: movements.target_names.index(name) for name in ("walking", "seizure")}
half = movements.groups % 2 == 0
X, y = movements.data[half], movements.target[half]
learned = {name: X[y == label] for name, label in labels.items()}
unseen = {name: movements.data[~half & (movements.target == k)] for name, k in labels.items()}
print({name: len(windows) for name, windows in learned.items()}, "windows to learn from")

# %%
# All samplers
# ------------
#
# The GANs train for 120 iterations, that the page may be built in a minute; their default is 500.
# SMOTE has no `sample`, so we take the last rows that it adds. `MultiModalGANSampler` is made for
# rows of several modalities, such as those of :func:`skeeg.datasets.make_eeg_fmri`, and left out.

import time

from imblearn.over_sampling import SMOTE

from skeeg import over_sampling

NOT_HERE = {"BaseGANSampler", "BaseVariationSampler", "MultiModalGANSampler"}
names = [name for name in over_sampling.__all__ if name.endswith("Sampler")]
classes = [getattr(over_sampling, name) for name in names if name not in NOT_HERE]
gans = [cls for cls in classes if issubclass(cls, over_sampling.BaseGANSampler)]
classical = [cls for cls in classes if cls not in gans]

MAX_ITER, N_DRAWN = 120, 100


def draw_with_smote(label):
    """Return rows between neighbours of a class."""
    smote = SMOTE(sampling_strategy={label: np.sum(y == label) + N_DRAWN}, random_state=0)
    return smote.fit_resample(X, y)[0][len(X) :]


began = time.perf_counter()
drawn = {"SMOTE": {name: draw_with_smote(label) for name, label in labels.items()}}
seconds = {"SMOTE": time.perf_counter() - began}

for cls in classical + gans:
    settings = {"max_iter": MAX_ITER} if cls in gans else {}
    began = time.perf_counter()
    sampler = cls(**settings, random_state=0).fit(X, y)
    drawn[cls.__name__] = {
        name: sampler.sample(N_DRAWN, label, random_state=0) for name, label in labels.items()
    }
    seconds[cls.__name__] = time.perf_counter() - began

# %%
# Look
# ----
#
# Three windows of walking from each, picked at random and from the same three places in every row,
# all on one scale. Nothing has been selected.

import matplotlib.pyplot as plt

shown = np.random.default_rng(0).choice(N_DRAWN, size=3, replace=False)
rows = {"real, unseen": unseen, "real, training half": learned, **drawn}
colours = {name: "black" for name in rows if name.startswith("real")}
colours |= {cls.__name__: "#D55E00" for cls in gans}
times = np.arange(X.shape[1]) / movements.sampling_rate

heights = np.percentile(unseen["walking"], [0.5, 99.5])

figure, axes = plt.subplots(
    len(rows), 3, sharex=True, sharey=True, figsize=(9, 0.65 * len(rows)), layout="constrained"
)
for row, (name, windows) in zip(axes, rows.items(), strict=True):
    colour = colours.get(name, "#0072B2")
    row[0].set_ylabel(name, rotation=0, ha="right", va="center", color=colour)
    for panel, window in zip(row, windows["walking"][shown], strict=True):
        panel.plot(times, window, color=colour, linewidth=0.9, clip_on=False)
        panel.set(xticks=[0, 2.5, 5], yticks=[], ylim=heights)
        panel.tick_params(length=0)
        panel.set_frame_on(False)
axes[-1, 1].set_xlabel("time (s)")
axes[0, 2].plot([5.3, 5.3], [500, 1500], color="black", linewidth=2, clip_on=False)
axes[0, 2].text(5.4, 1000, "1 g", va="center")
figure.suptitle(
    f"Varied windows keep the beat of walking; after {MAX_ITER} iterations GANs lose some of it",
    weight="bold",
)
figure.get_layout_engine().set(hspace=0, wspace=0)

# %%
# In black what is real, in blue what varies or averages real windows, in red what GANs draw. A
# walk has a beat: each stride resembles the one before. Jitter and warps keep it, as each of
# their windows is a training window, hardly changed, and the same one in both rows, thanks to the
# common seed. A Fourier surrogate keeps the cadence and gives the stride another form. An average
# of two walkers, SMOTE, has the steps of neither. The GANs have found cadence and vigour; that a
# stride has to look like the one before comes last, and not all of them have got there.
#
# Measure
# -------
#
# Distances to the unseen people, for walking and for seizures. The first row is the **floor**: what
# other real people differ by.

import pandas as pd

from skeeg.metrics import amplitude_distance, spectral_distance

rate = {"sampling_rate": movements.sampling_rate}
distances = {"dB": spectral_distance, "decades": amplitude_distance}
measured = {
    (name, unit): [distance(real, rows[row][name], **rate) for row in list(rows)[1:]]
    for name, real in unseen.items()
    for unit, distance in distances.items()
}
table = pd.DataFrame(measured, index=list(rows)[1:])
table.insert(0, ("time", "seconds"), pd.Series(seconds))
table.round(2)

# %%
# "dB" is the distance of the spectra, "decades" that of the amplitudes. Seizures are few, and no
# two alike: stiff in the beginning, jerking later, strong in one person and weak in another.
# Varied real windows stay far ahead of what a GAN makes of them, and patience alone does not
# help: with the default of 500 iterations the spectra of seizures come closer by about half a
# decibel.
#
# That is no reason against GANs, but one to keep the classical samplers in every comparison:
# see :doc:`/user_guide/when_not_to_use_a_gan`. Which sampler makes a better classifier, this page
# does not tell; a pipeline does, scored on people whom nothing in it has seen.
