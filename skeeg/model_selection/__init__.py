"""Comparing samplers by what they are worth to a classifier, on real rows it has not seen."""

from skeeg.model_selection._compare_samplers import compare_samplers
from skeeg.model_selection._evidence import Evidence
from skeeg.model_selection._sampler_comparison import SamplerComparison
from skeeg.model_selection._sampler_evidence import sampler_evidence
from skeeg.model_selection._synthetic_evidence import synthetic_evidence

__all__ = [
    "Evidence",
    "SamplerComparison",
    "compare_samplers",
    "sampler_evidence",
    "synthetic_evidence",
]
