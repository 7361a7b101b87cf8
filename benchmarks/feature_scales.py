"""What the scale of features is worth to a support vector machine: logarithms, ratios or energies.

    SKEEG_DATA=... python benchmarks/feature_scales.py

The 11500 windows of the Epileptic Seizure Recognition table, five classes, in five folds by
recording; an SVC at its defaults. Printed is balanced accuracy, mean and standard deviation over
the folds.
"""

import os
from pathlib import Path

from sklearn.model_selection import StratifiedGroupKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from skeeg.datasets import load_epileptic_seizure
from skeeg.feature_extraction import FourierFeatures, RootMeanSquare, WaveletFeatures

TABLE = "epileptic_seizure/Epileptic_Seizure_Recognition_rebuilt.csv.gz"
STEPS = {
    "WaveletFeatures": [WaveletFeatures()],
    "WaveletFeatures, StandardScaler": [WaveletFeatures(), StandardScaler()],
    "WaveletFeatures, log_energy": [WaveletFeatures(statistics=["log_energy"])],
    "WaveletFeatures, energy": [WaveletFeatures(statistics=["energy"])],
    "FourierFeatures": [FourierFeatures()],
    "FourierFeatures, StandardScaler": [FourierFeatures(), StandardScaler()],
    "RootMeanSquare": [RootMeanSquare()],
}


def main():
    """Print a line for each set of features."""
    eeg = load_epileptic_seizure(Path(os.environ["SKEEG_DATA"]) / TABLE)
    folds = StratifiedGroupKFold(5, shuffle=True, random_state=0)
    for name, steps in STEPS.items():
        scores = cross_val_score(
            make_pipeline(*steps, SVC()),
            eeg.data,
            eeg.target,
            groups=eeg.groups,
            cv=folds,
            scoring="balanced_accuracy",
            n_jobs=2,
        )
        print(f"{name:35s} {scores.mean():.3f} ± {scores.std():.3f}", flush=True)


if __name__ == "__main__":
    main()
