"""Figures that compare synthetic with real signals."""
