"""
From recordings to an explained prediction
==========================================

Is somebody doing sums in their head? You will read EEG of 36 people, cut it into windows, describe
and classify these, and ask on people whom the classifier has never seen: how good is it, which
channels does it go by, and does it need them?
"""

# %%
# Read
# ----
#
# :func:`~skeeg.datasets.fetch_eegmat` returns windows of four seconds of 19 channels in µV, at rest
# and during mental arithmetic, with the subject of each. Called like this it takes the files that
# are there; without `download_if_missing=False` it gets them from PhysioNet (175 MB). Where there
# are none, this page is built with simulated seizures, which say nothing about arithmetic.

import numpy as np
from mne.channels import make_standard_montage

from skeeg.datasets import fetch_eegmat, make_seizures

try:
    eeg = fetch_eegmat(download_if_missing=False)
except FileNotFoundError:
    eeg = make_seizures(36, 30, 500, n_channels=19, sampling_rate=125, random_state=0)
    # where the simulated electrodes are on this page
    eeg.channel_names = make_standard_montage("standard_1020").ch_names[:19]
X, y, subjects = eeg.data, eeg.target, eeg.groups
channels = [name.removeprefix("EEG ") for name in eeg.channel_names]
print(X.shape, eeg.target_names, np.bincount(y), "windows of", len(np.unique(subjects)), "groups")

# %%
# Some for training, some for the end
# -----------------------------------
#
# Six of the 36 people are put aside for the end. Cross-validation among the others keeps the
# windows of a person together: with windows of the same person on both sides, a classifier is
# rewarded for knowing the person.

from sklearn.model_selection import StratifiedGroupKFold

folds = StratifiedGroupKFold(6, shuffle=True, random_state=0)
train, test = next(folds.split(X, y, subjects))

# %%
# Describe and classify
# ---------------------
#
# The usual way first: the power of each rhythm in each channel, for a random forest and for
# logistic regression. Then a bank of filters, and for each rhythm how the channels vary together:
# the logarithm of their covariance, between which a support vector machine can measure distances.
# Every step is part of the pipeline: what is learned is learned from training windows, and what
# cleans these cleans the others too.

from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from skeeg.feature_extraction import BandPower, ChannelCovariance
from skeeg.preprocessing import BandPassFilter

rate = eeg.sampling_rate
rhythms = {"delta": (1, 4), "theta": (4, 8), "alpha": (8, 13), "beta": (13, 30), "gamma": (30, 45)}
powers = BandPower(bands=rhythms, sampling_rate=rate, segment_length=2)
bank = make_union(
    *(
        make_pipeline(BandPassFilter(low=low, high=high, sampling_rate=rate), ChannelCovariance())
        for low, high in rhythms.values()
    )
)
models = {
    "powers, random forest": make_pipeline(powers, RandomForestClassifier(200, random_state=0)),
    "powers, logistic regression": make_pipeline(
        powers, StandardScaler(), LogisticRegression(C=0.01, max_iter=1000)
    ),
    "filter bank, support vectors": make_pipeline(bank, StandardScaler(), SVC()),
}

# %%
# How good are they with other people? Mean and standard deviation over the folds, of balanced
# accuracy and of the area under the ROC curve. Chance is 0.5 for both.

import pandas as pd
from sklearn.model_selection import cross_validate

inner = StratifiedGroupKFold(5, shuffle=True, random_state=0)
scorers = {"balanced accuracy": "balanced_accuracy", "area under ROC": "roc_auc"}
table = {}
for name, model in models.items():
    scores = cross_validate(
        model, X[train], y[train], groups=subjects[train], cv=inner, scoring=scorers, n_jobs=2
    )
    columns = {label: scores[f"test_{label}"] for label in scorers}
    table[name] = {label: f"{v.mean():.3f} ± {v.std():.3f}" for label, v in columns.items()}
pd.DataFrame(table).T

# %%
# The people put aside
# --------------------
#
# The second model is explained below, as it answers within milliseconds. Fitted to all the others,
# it meets the six people for the first time.

import matplotlib.pyplot as plt
from sklearn.metrics import ConfusionMatrixDisplay, RocCurveDisplay, classification_report

model = models["powers, logistic regression"].fit(X[train], y[train])
figure, axes = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
ConfusionMatrixDisplay.from_estimator(
    model, X[test], y[test], display_labels=eeg.target_names, normalize="true", ax=axes[0]
)
RocCurveDisplay.from_estimator(model, X[test], y[test], name="six people", ax=axes[1])
axes[1].plot([0, 1], [0, 1], ":", color="black", label="chance")
axes[1].legend(loc="lower right")
print(classification_report(y[test], model.predict(X[test]), target_names=eeg.target_names))

# %%
# Explain
# -------
#
# By how much does the area under the ROC curve fall when a channel is that of another window? That
# is the importance of the channel to this model, here drawn on the head. What it says is where the
# model looks, not where people calculate: electrodes at the forehead lie over the eyes, and those
# at the temples over the muscles of the jaw.

from skeeg.inspection import channel_importance, masking_test
from skeeg.plotting import AttributionDisplay

importance = channel_importance(
    model, X[test], y[test], n_repeats=5, channel_names=channels, random_state=0
)
importance.index = eeg.target_names
fall = "fall of the area under ROC"
AttributionDisplay.from_importance(importance.iloc[1:], name=fall, kind="head")
AttributionDisplay.from_importance(importance.iloc[1:], name=fall)

# %%
# Does it need them?
# ------------------
#
# An explanation can be pretty and wrong. So the most important channels are masked, one after the
# other, and the score is compared with that after masking as many random ones. Where the line falls
# below the band, the channels that were named matter more than others. To be fair, channels are
# ranked on the people of the training, and masked in the other six.

ranks = channel_importance(model, X[train], y[train], n_repeats=2, random_state=0)
scores = masking_test(
    model, X[test], y[test], ranks, scoring="roc_auc", n_repeats=5, random_state=0
)
figure, axis = plt.subplots(figsize=(7, 4), layout="constrained")
axis.fill_between(
    scores.index, scores["random_low"], scores["random_high"], color="0.85", label="random, 90 %"
)
axis.plot(scores.index, scores["random_mean"], "--", color="0.4", label="random, mean")
axis.plot(scores.index, scores["score"], "o-", color="#D55E00", label="most important first")
axis.set(xlabel="channels masked", ylabel="area under ROC", xticks=range(0, len(scores), 3))
axis.legend(frameon=False)
plt.show()
