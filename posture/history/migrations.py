"""The schema, step by step.  A step that was released is never changed; a new one is added.

``PRAGMA user_version`` tells how many steps a file has gone.  Numbers stand in columns of their
own, so that they can be read when the result's JSON has long got other fields.
"""

from __future__ import annotations

Step = tuple[str, ...]

MIGRATIONS: tuple[Step, ...] = (
    (
        """
        CREATE TABLE person (
            id INTEGER PRIMARY KEY,
            folded TEXT NOT NULL UNIQUE,  -- the name as it is compared
            name TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE session (
            id INTEGER PRIMARY KEY,
            uid TEXT NOT NULL UNIQUE,
            person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
            taken_at TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX session_of_person ON session (person_id, taken_at)",
        """
        CREATE TABLE measurement (
            id INTEGER PRIMARY KEY,
            uid TEXT NOT NULL UNIQUE,
            session_id INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
            role TEXT NOT NULL CHECK (role IN ('photo', 'median')),
            slca_deg REAL NOT NULL,
            slca_deg_ci95 REAL NOT NULL,
            hollow_depth_mm REAL,
            hollow_depth_mm_ci95 REAL,
            hollow_depth_ratio REAL NOT NULL,
            hollow_depth_ratio_ci95 REAL NOT NULL,
            verdict TEXT NOT NULL,
            sex TEXT NOT NULL CHECK (sex IN ('m', 'f', 'unspecified')),
            repeatability_share REAL NOT NULL,
            edited_by_hand INTEGER NOT NULL CHECK (edited_by_hand IN (0, 1)),
            program_version TEXT NOT NULL,
            method_version TEXT NOT NULL,
            norms_version TEXT NOT NULL,
            model TEXT NOT NULL,
            image_sha256 TEXT,
            result TEXT NOT NULL CHECK (json_valid(result)),
            CHECK ((hollow_depth_mm IS NULL) = (hollow_depth_mm_ci95 IS NULL))
        ) STRICT
        """,
        "CREATE INDEX measurement_of_session ON measurement (session_id)",
        """
        CREATE TABLE picture (
            measurement_id INTEGER PRIMARY KEY REFERENCES measurement ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (kind IN ('thumbnail', 'photo')),
            scale REAL NOT NULL CHECK (scale > 0),
            jpeg BLOB NOT NULL
        ) STRICT
        """,
        # Holds a row while deleted data have still to be wiped from the file.
        "CREATE TABLE chore (name TEXT PRIMARY KEY) STRICT",
    ),
    # Not known of sessions that are there: their photos may be of one stance.
    ("ALTER TABLE session ADD COLUMN stances INTEGER CHECK (stances >= 1)",),
    (
        "ALTER TABLE session ADD COLUMN pain INTEGER CHECK (pain BETWEEN 0 AND 10)",
        "ALTER TABLE session ADD COLUMN training TEXT NOT NULL DEFAULT ''",
    ),
)
