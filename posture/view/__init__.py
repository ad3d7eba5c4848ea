"""Poses come in; how the person stands to the camera goes out: facing, turn, frame, scale."""
