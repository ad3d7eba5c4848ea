"""What a person takes home: one-page PDF, annotated PNG, CSV, JSON.

paper (how pages look), method (what stands on each) ── page (the report)
                                                     ── before_after (two readings)
table (CSV)
"""

from __future__ import annotations

from posture.overlay.readings import hands_cuts, readings
from posture.report.export import Export, as_csv, as_json, as_pdf, as_png, load

__all__ = ["Export", "as_csv", "as_json", "as_pdf", "as_png", "hands_cuts", "load", "readings"]
