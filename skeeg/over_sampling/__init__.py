"""Samplers that balance or enlarge a training set with synthetic signals."""
