"""
All samplers side by side on EEG
================================

You will see what each sampler of skeeg draws when it has been shown the same simulated seizures:
windows beside real ones, and a table of what they cost and how far they are from the truth. The
whole page takes about a minute. :doc:`plot_03_samplers_on_movements` does the same for the
accelerometer of a watch, whose signals are of quite another kind.
"""

# %%
# One half to learn from, one half to compare with
# -------------------------------------------------
#
# A third of the sixty recordings are seizures. Samplers are given every second recording; the
# others are only there to compare with. Recordings are halved, not windows: windows of one
# recording resemble each other, and a sampler would be flattered by having met the recording.

import numpy as np

from skeeg.datasets import make_seizures

eeg = make_seizures(n_recordings=60, seizure_fraction=1 / 3, random_state=0)
recordings = {label: np.unique(eeg.groups[eeg.target == label]) for label in (0, 1)}
half = np.isin(eeg.groups, np.concatenate([found[::2] for found in recordings.values()]))
X, y = eeg.data[half], eeg.target[half]
unseen = eeg.data[~half & (eeg.target == 1)]
print(np.sum(y == 1), "windows of seizures to learn from,", len(unseen), "to compare with")

# %%
# All samplers
# ------------
#
# They have the same methods, so a loop can try them all. `MultiModalGANSampler` is left out: it is
# made for rows that hold several modalities, such as those of
# :func:`skeeg.datasets.make_eeg_fmri`.

from skeeg import over_sampling

NOT_HERE = {"BaseGANSampler", "BaseVariationSampler", "MultiModalGANSampler"}
names = [name for name in over_sampling.__all__ if name.endswith("Sampler")]
classes = [getattr(over_sampling, name) for name in names if name not in NOT_HERE]
gans = [cls for cls in classes if issubclass(cls, over_sampling.BaseGANSampler)]
classical = [cls for cls in classes if cls not in gans]
print("Classical:", *(cls.__name__ for cls in classical))
print("GANs:", *(cls.__name__ for cls in gans))

# %%
# The classical ones vary real windows and have nothing to train. The GANs train for 120 iterations
# here, that the page may be built in a minute; their default is 500, and more of them pay on
# more recordings. Each learns both classes and then draws as many seizures as there are to compare
# with. SMOTE, which averages neighbouring windows, is what a user of imbalanced-learn would try
# first. It has no `sample`, so we take the last rows that it adds.

import time

from imblearn.over_sampling import SMOTE

MAX_ITER, n_drawn = 120, len(unseen)
drawn, seconds = {"real, unseen": unseen, "real, training half": X[y == 1]}, {}

began = time.perf_counter()
smote = SMOTE(sampling_strategy={1: np.sum(y == 1) + n_drawn}, random_state=0)
drawn["SMOTE"] = smote.fit_resample(X, y)[0][len(X) :]
seconds["SMOTE"] = time.perf_counter() - began

for cls in classical + gans:
    settings = {"max_iter": MAX_ITER} if cls in gans else {}
    began = time.perf_counter()
    sampler = cls(**settings, random_state=0).fit(X, y)
    drawn[cls.__name__] = sampler.sample(n_drawn, label=1, random_state=0)
    seconds[cls.__name__] = time.perf_counter() - began

# %%
# Look
# ----
#
# Three windows of each, picked at random and from the same three places in every row, all on one
# scale. Nothing has been selected; another seed shows other windows and much the same picture.

import matplotlib.pyplot as plt

shown = np.random.default_rng(0).choice(n_drawn, size=3, replace=False)
colours = {name: "black" for name in drawn if name.startswith("real")}
colours |= {cls.__name__: "#D55E00" for cls in gans}
times = np.arange(X.shape[1]) / eeg.sampling_rate

heights = np.percentile(unseen, [0.5, 99.5])

figure, axes = plt.subplots(
    len(drawn), 3, sharex=True, sharey=True, figsize=(9, 0.65 * len(drawn)), layout="constrained"
)
for row, (name, windows) in zip(axes, drawn.items(), strict=True):
    colour = colours.get(name, "#0072B2")
    row[0].set_ylabel(name, rotation=0, ha="right", va="center", color=colour)
    for panel, window in zip(row, windows[shown], strict=True):
        panel.plot(times, window, color=colour, linewidth=0.9, clip_on=False)
        panel.set(xticks=[0, 0.5, 1], yticks=[], ylim=heights)
        panel.tick_params(length=0)
        panel.set_frame_on(False)
axes[-1, 1].set_xlabel("time (s)")
axes[0, 2].plot([1.07, 1.07], [0, 1000], color="black", linewidth=2, clip_on=False)
axes[0, 2].text(1.09, 500, "1 mV", va="center")
figure.suptitle("Surrogates lose the spikes of seizures, some GANs draw new ones", weight="bold")
figure.get_layout_engine().set(hspace=0, wspace=0)

# %%
# In black what is real, in blue what varies or averages real windows, in red what GANs draw. The
# spikes are the point: they are in the phases that a Fourier surrogate redraws, and an
# autoregressive model knows none. SMOTE smooths them, as spikes of two windows seldom coincide.
# Jitter and warps keep them, and look as good as they do because each is a training window, hardly
# changed: all samplers that pick one have picked the same, thanks to the common seed. Of the GANs,
# those are behind that draw the whole window with a dense layer, in which nothing ties a point to
# its neighbours: `GANSampler` and `ConvGANSampler`. Others already place spikes where no training
# window has them.
#
# Measure
# -------
#
# Distances to the unseen recordings, of the spectra and of the amplitudes. The first row is the
# **floor**: what other real recordings differ by. A sampler that is near it cannot be told from
# them by this number; ten recordings on either side leave much room.

import pandas as pd

from skeeg.metrics import amplitude_distance, spectral_distance

del drawn["real, unseen"]
rate = {"sampling_rate": eeg.sampling_rate}
spectra = {name: spectral_distance(unseen, windows, **rate) for name, windows in drawn.items()}
amplitudes = {name: amplitude_distance(unseen, windows, **rate) for name, windows in drawn.items()}
table = {"seconds": seconds, "spectrum (dB)": spectra, "amplitude (decades)": amplitudes}
pd.DataFrame(table, index=list(drawn)).round(2)

# %%
# Three orders of magnitude lie between the prices, and far less between the distances. White noise
# (jitter) and the jump between the ends of a window (Fourier surrogates) fill high frequencies that
# were empty, and the spectral distance shows it.
#
# The table says nothing about copies: the training half itself does well in it, and jitter is close
# to it. Nor does it say whether any of these windows are of use to a classifier. That is settled
# only by putting the samplers into a pipeline, scored on recordings that none of them has seen, as
# in :doc:`plot_01_first_synthetic_seizures`. :doc:`/user_guide/over_sampling` says which to try
# first.
