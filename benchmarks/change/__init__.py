"""Is a change of the curve seen, and is none seen where there is none?

    python -m benchmarks.change.dataset --out DIR --seed N [--made-up 42] [--meshes FOLDER]
    python -m benchmarks.accuracy.evaluate DIR ROWS.jsonl
    python -m benchmarks.change.table ROWS.jsonl TABLE.csv
    python -m benchmarks.change.fit TABLE.csv
    python -m benchmarks.change.report TABLE.csv --sealed TABLE.csv

Every body comes to several sessions on different days, each with a camera place, turn, light and
clothes of its own; within a session the stances sway, as the spread of ``data/stances.toml`` says.
From session to session the curve differs by a known angle, or not at all.  The rooms:

    sessions   what a body's sessions and stances are, at random
    bend       an outside mesh with another curve of the low back
    people     bodies whose curve can be set: made-up ones and outside meshes
    dataset    the pictures, with their truth
    table      what was measured beside what is true, one line a photo
    readings   lines -> sessions as the program keeps them
    fit        what of a reading's error cancels between two sessions, and what does not
    judge      pairs of sessions: what is told to have changed, and how small a change may be
    report     the tables of docs/accuracy.md
"""
