"""By which variables ``posture app`` tells the page's process what it was started with."""

# A file of reference values.
NORMS = "POSTURE_PAGE_NORMS"
# The code of a language; without it each tab speaks its browser's.
LANGUAGE = "POSTURE_PAGE_LANGUAGE"
# The folder of a study; with it the page captures its photos and does nothing else.
STUDY = "POSTURE_PAGE_STUDY"
