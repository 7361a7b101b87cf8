"""Transformers that clean and scale signals and keep their kind."""
