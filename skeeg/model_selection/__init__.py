"""Comparing samplers by what they are worth to a classifier, on real rows it has not seen."""

from skeeg.model_selection._compare_samplers import compare_samplers
from skeeg.model_selection._sampler_comparison import SamplerComparison

__all__ = ["SamplerComparison", "compare_samplers"]
