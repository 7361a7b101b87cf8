"""The pipeline of the README on real recordings, with tiny networks: what it does, not how well."""

import numpy as np
import pytest
from imblearn.over_sampling import SMOTE
from imblearn.pipeline import Pipeline
from joblib import Memory
from sklearn.model_selection import GridSearchCV, StratifiedGroupKFold, cross_val_score
from sklearn.svm import SVC

from skeeg.datasets import load_epileptic_seizure
from skeeg.feature_extraction import WaveletFeatures
from skeeg.nn import RelativisticLoss, WassersteinLoss
from skeeg.over_sampling import WaveGANSampler

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
TINY = {"max_iter": 3, "batch_size": 8, "width": 2, "latent_dim": 4, "random_state": 0}
CV = StratifiedGroupKFold(3, shuffle=True, random_state=0)


@pytest.fixture(scope="module")
def recordings(data_file):
    """Every 25th recording of the Epileptic Seizure Recognition table, seizure against the rest."""
    path = data_file("epileptic_seizure/Epileptic_Seizure_Recognition_rebuilt.csv.gz")
    data = load_epileptic_seizure(path, binary=True)
    kept = np.isin(data.groups, np.unique(data.groups)[::25])
    return data.data[kept], data.target[kept], data.groups[kept]


def pipeline(**params):
    steps = [("gan", WaveGANSampler(**TINY)), ("feat", WaveletFeatures()), ("svm", SVC())]
    return Pipeline(steps, **params)


def test_cross_validation_by_recording_in_two_processes(recordings):
    X, y, groups = recordings
    scores = [
        cross_val_score(pipeline(), X, y, groups=groups, cv=CV, n_jobs=n_jobs) for n_jobs in (1, 2)
    ]
    np.testing.assert_array_equal(*scores)
    assert (scores[0] > 0.7).all()


def test_grid_trains_once_per_setting_and_fold(recordings, tmp_path, monkeypatch):
    """Four GAN settings and SMOTE, three values of C each, three folds: 12 trainings, not 36."""
    X, y, groups = recordings
    trainings = []
    train = WaveGANSampler._train

    def counted(sampler, *args):
        trainings.append(sampler.get_params())
        return train(sampler, *args)

    monkeypatch.setattr(WaveGANSampler, "_train", counted)
    svm = {"svm__C": [0.1, 1, 10]}
    gan = {"gan": [WaveGANSampler(**TINY)], **svm}
    grid = [
        {
            **gan,
            "gan__loss": [RelativisticLoss()],
            "gan__loss__penalty": [0.1, 1.0],
            "gan__max_iter": [2],
        },
        {**gan, "gan__sampling_strategy": [0.5], "gan__max_iter": [2]},
        {**gan, "gan__loss": [WassersteinLoss(n_critic=1)]},
        {"gan": [SMOTE(random_state=0)], **svm},
    ]
    memory = Memory(tmp_path, verbose=0)
    search = GridSearchCV(
        pipeline(memory=memory), grid, cv=CV, refit=False, scoring="balanced_accuracy"
    )
    search.fit(X, y, groups=groups)
    assert len(search.cv_results_["params"]) == 15
    assert np.isfinite(search.cv_results_["mean_test_score"]).all()
    assert len(trainings) == 4 * CV.n_splits


def test_nineteen_channels_in_three_dimensions(data_file):
    with np.load(data_file("eegmat/eegmat_125hz_60s.npz")) as file:
        recordings = file["X"][:16, :, :2000] * np.float32(file["scale"])
        y, groups = (np.repeat(file[name][:16], 4) for name in ("y", "subject"))
    X = recordings.reshape(16, 19, 4, 500).swapaxes(1, 2).reshape(64, 19, 500)
    kept = (y == 0) | (np.arange(64) % 4 == 0)
    scores = cross_val_score(
        pipeline(), X[kept], y[kept], groups=groups[kept], cv=CV, n_jobs=2, error_score="raise"
    )
    assert np.isfinite(scores).all()
    resampled, _ = WaveGANSampler(**TINY).fit_resample(X[kept], y[kept])
    assert resampled.shape == (64, 19, 500)
    assert resampled.dtype == np.float32
