"""Loaders of public data sets and simulators, always with groups."""
