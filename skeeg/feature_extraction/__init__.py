"""Transformers that describe each signal by a row of named features."""
