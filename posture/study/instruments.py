"""Another instrument's readings: from a table or one by one, each checked before any is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from posture.errors import InvalidInput
from posture.study.cells import append_rows, read_table
from posture.study.design import Design, plausible_range
from posture.study.folder import (
    INSTRUMENT_COLUMNS,
    INSTRUMENTS,
    Reading,
    Sitting,
    Study,
    reading_of,
    require_of_study,
)

# What a table must have; a unit, where there is one, must be that of the instrument.
NEEDED_COLUMNS = ("participant", "rater", "session", "instrument", "value")
UNIT = "unit"

_Key = tuple[Sitting, str]


def readings_from(path: Path, study: Study, *, unusual: bool) -> tuple[Reading, ...]:
    """The readings in a table, repeated ones numbered after those that the study has.

    Args:
        path: of the table.
        study: that they are of.
        unusual: whether values outside of what the instrument plausibly reads are taken.

    Raises:
        InvalidInput: with file and line when one of them cannot be taken.
    """
    ids, numbers = study.ids, _counts(study)
    readings = []
    for line in read_table(path, NEEDED_COLUMNS).lines:
        reading = reading_of(line, study.design, ids, 0)
        unit = line.cells.get(UNIT, "")
        line.understood(
            lambda reading=reading, unit=unit: _require_usable(  # type: ignore[misc]
                reading, unit, study.design, unusual=unusual
            )
        )
        readings.append(_numbered(reading, numbers))
    if not readings:
        raise InvalidInput(f"{path} holds no reading.", "Write one a line.")
    return tuple(readings)


def single_reading(
    sitting: Sitting, instrument: str, value: float, unit: str, study: Study, *, unusual: bool
) -> Reading:
    """One reading; raises InvalidInput as :func:`readings_from`, without a line."""
    require_of_study(sitting, study.design, study.ids, rater_needed=False)
    reading = Reading(sitting, instrument, 0, value)
    _require_usable(reading, unit, study.design, unusual=unusual)
    return _numbered(reading, _counts(study))


def add_readings(readings: Sequence[Reading], study: Study, *, again: bool) -> None:
    """Keep readings.

    Args:
        readings: all of them, or none.
        study: where.
        again: whether a reading that is there already with the same value is a repeated one.

    Raises:
        InvalidInput: when one is there already.
        OutputFailed: when they cannot be written.
    """
    there = {(one.sitting, one.instrument, one.value) for one in study.readings}
    twice = [one for one in readings if (one.sitting, one.instrument, one.value) in there]
    if twice and not again:
        one = twice[0]
        raise InvalidInput(
            f"{one.instrument} {one.value:g} of {one.sitting.participant}, session "
            f"{one.sitting.session}, is there already; nothing was taken over.",
            "Add --again if it was read twice.",
        )
    append_rows(study.folder / INSTRUMENTS, INSTRUMENT_COLUMNS, [_row(one) for one in readings])


def _require_usable(reading: Reading, unit: str, design: Design, *, unusual: bool) -> None:
    instrument = design.instrument(reading.instrument)
    if unit not in ("", instrument.unit):
        raise InvalidInput(
            f"{instrument.name} is read in {instrument.unit} here, not in {unit}.",
            f"Turn the value into {instrument.unit}.",
        )
    low, high = plausible_range(instrument)
    if not low <= reading.value <= high and not unusual:
        raise InvalidInput(
            f"{reading.value:g} {instrument.unit} is outside of what a {instrument.kind} reads, "
            f"{low:g} to {high:g} {instrument.unit}.",
            "Check unit and sign, or add --unusual if it was read so.",
        )


def _counts(study: Study) -> Counter[_Key]:
    counts: Counter[_Key] = Counter()
    for one in study.readings:
        key = (one.sitting, one.instrument)
        counts[key] = max(counts[key], one.number)
    return counts


def _numbered(reading: Reading, numbers: Counter[_Key]) -> Reading:
    key = (reading.sitting, reading.instrument)
    numbers[key] += 1
    return Reading(reading.sitting, reading.instrument, numbers[key], reading.value)


def _row(reading: Reading) -> dict[str, object]:
    at = reading.sitting
    cells = (at.participant, at.rater, at.session, reading.instrument, reading.number)
    return dict(zip(INSTRUMENT_COLUMNS, (*cells, f"{reading.value:g}"), strict=True))
