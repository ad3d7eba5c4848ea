"""Draws the exercises and the wall test from their poses, into ``posture/advice/drawings/svg``.

python -m tools.drawings
"""
