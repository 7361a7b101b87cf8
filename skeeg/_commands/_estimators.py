"""Classifiers on signal features, for those who bring none of their own."""

from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from skeeg.feature_extraction import make_signal_features

LOWEST_RATE_OF_RHYTHMS = 90  # Hz; below, the bands of EEG do not fit in
CLASSIFIERS = {
    "linear": lambda: [StandardScaler(), LogisticRegression(max_iter=2000)],
    "forest": lambda: [RandomForestClassifier()],
    "svm": lambda: [StandardScaler(), SVC()],
}


def make_estimator(name, samples):
    """Return a pipeline of signal features and a classifier.

    Parameters
    ----------
    name : str
        Of the classifier.

    samples : Samples
        What it is for.
    """
    rate = samples.sampling_rate
    features = make_signal_features(
        sampling_rate=rate if rate and rate >= LOWEST_RATE_OF_RHYTHMS else None,
        n_channels=samples.n_channels,
        channel_names=samples.channel_names,
    )
    return make_pipeline(features, *CLASSIFIERS[name]())
