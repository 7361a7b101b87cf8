"""Displays: records of numbers that draw themselves with matplotlib."""
