"""Measures the curve of the low back from a side photo, on your own computer."""

__version__ = "0.1.0"
