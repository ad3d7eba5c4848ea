"""Results for other people's tools: tables with a dictionary, data frames, FHIR, motion files.

dictionary (every column: unit, range, meaning) ── redcap (the same as REDCap takes it)
frames (tables as pandas frames)
fhir (a result as an Observation)
markers (a clip's back line over time) ── trc, c3d (as motion analysis reads it)

Nothing here measures; what only one of these needs is loaded there.
"""
