"""Follows one person through the frames of a camera or a clip; knows no camera, clock or window.

reading (one frame) ── smoothing (numbers over time) ── stillness (does the body move?)
                    ── guidance (what to say, when to take the pictures) ── tracker (joins them)

Every function here goes by the times that the frames carry, so that the same clip always gives
the same numbers.  At the edge: sources (frames from OpenCV), drawing, recording.
"""
