"""A study of how far the readings can be trusted in the hands of those who take them.

design (what is planned) ── cells (tables, line by line) ── folder (all of it, read; readings)
  │                                                            │
sample_size ── create (a new one) ── order (who is next) ── people (who takes part)
                                       │
capture (a photo, blind) ── withdraw (consent taken back) ── instruments (others' readings)
                                       │
                         progress (counts) ── words (what is told)

reliability, agreement (numbers alone) ── analysis (what is compared with what) ── tables, plots
  │                                                                                  │
flow (what became of photos) ── facts ── checklists ── report (page, paper, CSV) ── archive

A study is a folder of plain files that a spreadsheet opens; docs/study.md tells what each holds.
"""
