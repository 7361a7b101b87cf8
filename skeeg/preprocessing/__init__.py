"""Transformers that clean and scale signals and keep their kind."""

from skeeg.preprocessing._signal_scaler import SignalScaler

__all__ = ["SignalScaler"]
