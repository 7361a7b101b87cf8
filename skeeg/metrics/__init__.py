"""Figures that compare synthetic with real signals, and noisy with clean ones."""

from skeeg.metrics._amplitude_distance import amplitude_distance
from skeeg.metrics._classifier_score import classifier_score, inception_score
from skeeg.metrics._coherence_distance import coherence_distance
from skeeg.metrics._distance_to_closest_record import distance_to_closest_record
from skeeg.metrics._fidelity_report import fidelity_report
from skeeg.metrics._frechet_distance import frechet_distance
from skeeg.metrics._image_distances import image_frechet_distance, image_kernel_distance
from skeeg.metrics._kmeans_accuracy import kmeans_accuracy
from skeeg.metrics._maximum_mean_discrepancy import maximum_mean_discrepancy
from skeeg.metrics._membership_auc import membership_auc, membership_tpr
from skeeg.metrics._precision_recall_coverage import precision_recall_coverage
from skeeg.metrics._privacy_report import privacy_report
from skeeg.metrics._signal_to_noise import psnr, signal_to_noise
from skeeg.metrics._spectral_distance import spectral_distance
from skeeg.metrics._train_synthetic_test_real import train_synthetic_test_real
from skeeg.metrics._two_sample_auc import two_sample_auc

__all__ = [
    "amplitude_distance",
    "classifier_score",
    "coherence_distance",
    "distance_to_closest_record",
    "fidelity_report",
    "frechet_distance",
    "image_frechet_distance",
    "image_kernel_distance",
    "inception_score",
    "kmeans_accuracy",
    "maximum_mean_discrepancy",
    "membership_auc",
    "membership_tpr",
    "precision_recall_coverage",
    "privacy_report",
    "psnr",
    "signal_to_noise",
    "spectral_distance",
    "train_synthetic_test_real",
    "two_sample_auc",
]
