"""A clip in, numbers over time out: in one pass and constant memory, however long it is.

people (who is who, frame by frame) ── moments (the best frame of each) ── gait (steps, lean)
── analysis (joins them) ── outcome (what is known in the end) ── plot (over time)
"""
