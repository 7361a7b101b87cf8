"""Loaders of public data sets and simulators, always with groups."""

from skeeg.datasets._bonn import load_bonn
from skeeg.datasets._edf import load_edf
from skeeg.datasets._eeg_fmri import make_eeg_fmri
from skeeg.datasets._eeg_images import make_eeg_images
from skeeg.datasets._eegmat import load_eegmat
from skeeg.datasets._epileptic_seizure import load_epileptic_seizure
from skeeg.datasets._fetch_eegmat import fetch_eegmat
from skeeg.datasets._fmri_digits69 import load_fmri_digits69
from skeeg.datasets._from_epochs import from_epochs
from skeeg.datasets._movements import make_movements
from skeeg.datasets._open_seizure import load_open_seizure
from skeeg.datasets._seizures import make_seizures
from skeeg.datasets._thoughtviz import load_thoughtviz
from skeeg.datasets._to_epochs import to_epochs

__all__ = [
    "fetch_eegmat",
    "from_epochs",
    "load_bonn",
    "load_edf",
    "load_eegmat",
    "load_epileptic_seizure",
    "load_fmri_digits69",
    "load_open_seizure",
    "load_thoughtviz",
    "make_eeg_fmri",
    "make_eeg_images",
    "make_movements",
    "make_seizures",
    "to_epochs",
]
