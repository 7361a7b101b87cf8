"""scikit-learn-compatible augmentation for EEG and other 1-D biosignals."""

import importlib

__version__ = "0.1.0.dev0"

# Loaded on first use, so that `import skeeg` costs nothing and features never load torch.
__all__ = [
    "classification",
    "datasets",
    "feature_extraction",
    "inspection",
    "metrics",
    "model_selection",
    "nn",
    "over_sampling",
    "plotting",
    "preprocessing",
    "reconstruction",
]


def __getattr__(name):
    if name in __all__:
        return importlib.import_module(f"skeeg.{name}")
    raise AttributeError(f"module 'skeeg' has no attribute {name!r}")


def __dir__():
    return [*globals(), *__all__]
