"""Measures how good the program is. Nothing here is needed to use it."""
