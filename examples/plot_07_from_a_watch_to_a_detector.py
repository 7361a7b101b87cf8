"""
From a watch to a seizure detector
==================================

A watch records how an arm moves. Does the movement tell that a seizure is under way? You will read
the original files, compare a first model with one that joins three and chooses the threshold at
which it speaks up, look at what both do with events they have never seen, and at which moments of
a window one of them goes by.
"""

# %%
# Read
# ----
#
# :func:`~skeeg.datasets.load_open_seizure` reads the JSON files of the Open Seizure Database:
# windows of five seconds of the magnitude of acceleration, in milli-g. Events that overlap in time
# form one group, and windows that are in two of them are marked; the second copy is left out. Where
# the file is not at hand, this page is built with simulated movements.

import os
from pathlib import Path

import numpy as np

from skeeg.datasets import load_open_seizure, make_movements

file = Path(os.environ.get("SKEEG_DATA", "."), "osdb_accel", "testDataVisualisation.json")
if file.exists():
    watch = load_open_seizure(file)
    used = (watch.target >= 0) & ~watch.repeated
else:
    watch = make_movements(n_subjects=48, random_state=0)
    watch.target = (watch.target == 3).astype(int)
    used = np.full(len(watch.target), True)
X, y, events = watch.data[used], watch.target[used], watch.groups[used]
print(X.shape, "background and seizure:", np.bincount(y), "in", len(np.unique(events)), "groups")

# %%
# Events to learn from, events to report on
# -----------------------------------------
#
# No event is on both sides, and none is in two of the folds by which models are chosen later.

from sklearn.model_selection import StratifiedGroupKFold

folds = StratifiedGroupKFold(3, shuffle=True, random_state=0)
train, test = next(folds.split(X, y, events))
inner = list(folds.split(X[train], y[train], events[train]))

# %%
# A first model, and three joined
# -------------------------------
#
# To begin with, a support vector machine on the spectrum and the rate of zero crossings. Then three
# models that err in different ways, on wavelets, on simple numbers of the waveform, and on the
# signal itself, and a logistic regression that weighs what they say. Where classes are not equally
# frequent, a probability of one half is a poor place to draw the line, so its threshold is tuned
# too. Weights and threshold come from predictions for events that the three had not seen.

from sklearn.ensemble import HistGradientBoostingClassifier, StackingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import TunedThresholdClassifierCV
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from skeeg.classification import EEGNetClassifier
from skeeg.feature_extraction import (
    FourierFeatures,
    TimeFeatures,
    WaveletFeatures,
    ZeroCrossingRate,
)

rate = watch.sampling_rate
baseline = make_pipeline(
    make_union(FourierFeatures(sampling_rate=rate), ZeroCrossingRate()),
    StandardScaler(),
    SVC(class_weight="balanced"),
)
waves = make_pipeline(WaveletFeatures(), StandardScaler(), LogisticRegression(C=0.1))
shapes = make_pipeline(
    make_union(WaveletFeatures(), TimeFeatures()),
    HistGradientBoostingClassifier(
        max_iter=60, learning_rate=0.05, max_leaf_nodes=8, class_weight="balanced", random_state=0
    ),
)
net = EEGNetClassifier(kernel_size=25, max_iter=20, random_state=0)
judge = TunedThresholdClassifierCV(LogisticRegression(), scoring="balanced_accuracy", cv=inner)
stack = StackingClassifier([("waves", waves), ("shapes", shapes), ("net", net)], judge, cv=inner)
models = {"SVM, spectrum and zero crossings": baseline, "three joined": stack}
for model in models.values():
    model.fit(X[train], y[train])

# %%
# How good are they?
# ------------------
#
# On the other third of the events. These differ more from each other than models do, so a small
# difference here means nothing: `benchmarks/recognition.py` repeats such divisions and gives
# intervals. With some thirty events to learn from, more machinery need not be better; where the
# simple model is as good, take that.

import matplotlib.pyplot as plt
from sklearn.metrics import (
    ConfusionMatrixDisplay,
    RocCurveDisplay,
    balanced_accuracy_score,
    classification_report,
)

figure, axes = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
for name, model in models.items():
    RocCurveDisplay.from_estimator(model, X[test], y[test], name=name, ax=axes[0])
    score = balanced_accuracy_score(y[test], model.predict(X[test]))
    print(f"{name}: balanced accuracy {score:.3f}")
axes[0].plot([0, 1], [0, 1], ":", color="black", label="chance")
axes[0].legend(loc="lower right", fontsize="small")
names = ["background", "seizure"]
ConfusionMatrixDisplay.from_estimator(
    stack, X[test], y[test], display_labels=names, normalize="true", ax=axes[1]
)
print(f"threshold {stack.final_estimator_.best_threshold_:.2f}")
print(classification_report(y[test], stack.predict(X[test]), target_names=names))

# %%
# What it looks at
# ----------------
#
# A watch has one channel, so the question is when, not where.
# :func:`~skeeg.inspection.saliency_map` gives the gradient of the network inside the stack at each
# moment of a window: where a small change would change the answer most. Below, the seizures that it
# is surest of.

from skeeg.inspection import saliency_map

network = stack.named_estimators_["net"]
seizures = test[y[test] == 1]
surest = seizures[network.predict_proba(X[seizures])[:, 1].argsort()[::-1][:3]]
saliency = abs(saliency_map(network, X[surest], y[surest]))[:, 0]
seconds = np.arange(X.shape[1]) / rate
figure, axes = plt.subplots(3, sharex=True, figsize=(8, 5), layout="constrained")
for axis, window, weight in zip(axes, X[surest], saliency, strict=True):
    axis.plot(seconds, window, color="0.7", linewidth=0.8)
    points = axis.scatter(seconds, window, c=weight / weight.max(), s=12, cmap="viridis_r")
axes[1].set_ylabel("acceleration (milli-g)")
axes[2].set_xlabel("time (s)")
figure.colorbar(points, ax=axes, label="gradient, as a share of its largest")
figure.suptitle("Seizures: the darker, the more the answer hangs on it")
plt.show()
