"""A path, bytes or an array comes in; an upright RGB photo goes out, or why there is none."""
