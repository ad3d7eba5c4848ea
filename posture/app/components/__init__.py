"""Pieces with JavaScript of their own; they show and send, and compute nothing."""
