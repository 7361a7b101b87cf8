"""Loaders of public data sets and simulators, always with groups."""

from skeeg.datasets._bonn import load_bonn
from skeeg.datasets._eeg_fmri import make_eeg_fmri
from skeeg.datasets._epileptic_seizure import load_epileptic_seizure
from skeeg.datasets._movements import make_movements
from skeeg.datasets._seizures import make_seizures

__all__ = [
    "load_bonn",
    "load_epileptic_seizure",
    "make_eeg_fmri",
    "make_movements",
    "make_seizures",
]
