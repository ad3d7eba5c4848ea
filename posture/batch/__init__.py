"""Many photos: measured by several processes or machines, resumable, into one table.

manifest (tables of photos, as spreadsheets save them)
  │
plan (which photos) ── journal (what is done; survives any crash)
  │                         │
measuring (one photo) ── pool (processes here) / cluster (a Dask cluster)
                            │
                      tables (CSV, Parquet) ── summary (HTML) ── run (all of it)

visit (whose a photo is) ── visits (what its photos amount to, and what changed)
                              │
                            reports (PDFs), saving (into the history) ── makers (who draws)
"""
