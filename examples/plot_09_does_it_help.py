"""
Does it help? A comparison, a verdict and a report
==================================================

Synthetic rows are made to be trained on. You will ask whether they are worth anything to a
classifier of seizures, beside what costs nothing; read a verdict with its reasons; look at what
the rows are like and what they betray; write all of it into a page for somebody else; and see why
five data sets cannot tell four samplers apart.
"""

# %%
# The question
# ------------
#
# Recordings are simulated, one in five with seizures, and the classifier works on wavelet
# features. Three ways to make rows are to be judged. The network is trained for a moment only, so
# that this page is built quickly, and would warn of it; yours deserves more.

import warnings

from sklearn.exceptions import ConvergenceWarning
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from skeeg.datasets import make_seizures
from skeeg.feature_extraction import WaveletFeatures
from skeeg.over_sampling import FourierSurrogateSampler, GANSampler, JitterSampler

warnings.simplefilter("ignore", ConvergenceWarning)
eeg = make_seizures(n_recordings=100, n_windows=6, random_state=0)
samplers = {
    "dense GAN": GANSampler(max_iter=200),
    "surrogates": FourierSurrogateSampler(),
    "jitter": JitterSampler(),
}
model = make_pipeline(WaveletFeatures(), StandardScaler(), SVC())
print(eeg.data.shape, "seizures in", len(set(eeg.groups[eeg.target == 1])), "recordings")

# %%
# What is gained
# --------------
#
# All samplers meet the same folds, in which recordings stay together. `train_rows` keeps 24
# windows of seizures, from as few recordings as hold them, in each training set. Four baselines
# are always there.

from skeeg.model_selection import compare_samplers

comparison = compare_samplers(
    samplers,
    model,
    eeg.data,
    eeg.target,
    groups=eeg.groups,
    train_rows={1: 24},
    n_repeats=2,
    random_state=0,
)
comparison.plot()

# %%
# The verdict
# -----------
#
# Rules that were fixed beforehand turn intervals into words. "Not shown" is a lack of evidence,
# "don't" is evidence of harm or of no gain worth having.

import textwrap

for name, (verdict, reason) in comparison.verdict()[["verdict", "reason"]].iterrows():
    print(textwrap.fill(f"{name}: {verdict}. {reason}", 90), end="\n\n")

# %%
# What the rows are like
# ----------------------
#
# A gain says nothing about the rows. Each sampler is fitted once on one half of the recordings,
# and its rows are judged beside the other half.

from skeeg.model_selection import sampler_evidence

evidence = sampler_evidence(
    samplers,
    eeg.data,
    eeg.target,
    groups=eeg.groups,
    sampling_rate=eeg.sampling_rate,
    max_rows=60,
    n_repeats=3,
    random_state=0,
)
for name, (verdict, reason) in evidence.verdict().iterrows():
    print(textwrap.fill(f"{name}: {verdict}. {reason}", 90), end="\n\n")

# %%
# A page for somebody else
# ------------------------
#
# One file holds verdicts, checks of the data, figures with their floors, windows to look at and
# all settings. It fetches nothing, so it can be sent by mail.

import tempfile
from pathlib import Path

with tempfile.TemporaryDirectory() as folder:
    path = Path(folder, "report.html")
    comparison.to_html(path, evidence=evidence)
    print(f"{path.name}: {path.stat().st_size / 1e3:.0f} kB")

# %%
# Several data sets
# -----------------
#
# Folds of one data set say nothing about others. Here are five of them, simulated anew. Whatever
# the ranks, the title says what they are worth: no pair of four can be told apart by so few.

import pandas as pd

from skeeg.plotting import RankingDisplay

scores = {}
for seed in range(1, 6):
    other = make_seizures(n_recordings=60, n_windows=4, random_state=seed)
    found = compare_samplers(
        {"surrogates": FourierSurrogateSampler(), "jitter": JitterSampler()},
        model,
        other.data,
        other.target,
        groups=other.groups,
        random_state=0,
    )
    scores[f"simulation {seed}"] = found.summary()["score"]
table = pd.DataFrame(scores).T[["none", "SMOTE", "surrogates", "jitter"]]
RankingDisplay.from_scores(table)
