"""What the workers of a test's cluster do; found there by name."""

from __future__ import annotations

import os
from typing import Any

from posture.batch.cluster import measure_there

LOG = "POSTURE_TEST_LOG"


def measure_and_log(job: Any, *arguments: Any) -> Any:
    """Measure, and append the photo and the process to a file that all workers share."""
    done = measure_there(job, *arguments)
    with open(os.environ[LOG], "a", encoding="utf-8") as log:
        log.write(f"{job.path}\t{os.getpid()}\n")
    return done
