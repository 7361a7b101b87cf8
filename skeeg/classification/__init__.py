"""Classifiers of signals that need no features."""

from skeeg.classification._eegnet import EEGNetClassifier

__all__ = ["EEGNetClassifier"]
