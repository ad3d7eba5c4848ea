"""A study of how far the readings can be trusted in the hands of those who take them.

design (what is planned) ── cells (its tables, line by line) ── folder (all of it, read)

A study is a folder of plain files that a spreadsheet opens; docs/study.md tells what each holds.
"""
