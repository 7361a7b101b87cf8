"""Displays: records of numbers that draw themselves with matplotlib."""

from skeeg.plotting._attribution_display import AttributionDisplay
from skeeg.plotting._comparison_display import ComparisonDisplay
from skeeg.plotting._embedding_display import EmbeddingDisplay
from skeeg.plotting._image_grid_display import ImageGridDisplay
from skeeg.plotting._ranking_display import RankingDisplay
from skeeg.plotting._sampler_curve_display import SamplerCurveDisplay
from skeeg.plotting._signal_display import SignalDisplay
from skeeg.plotting._spectrum_display import SpectrumDisplay
from skeeg.plotting._training_display import TrainingDisplay

__all__ = [
    "AttributionDisplay",
    "ComparisonDisplay",
    "EmbeddingDisplay",
    "ImageGridDisplay",
    "RankingDisplay",
    "SamplerCurveDisplay",
    "SignalDisplay",
    "SpectrumDisplay",
    "TrainingDisplay",
]
