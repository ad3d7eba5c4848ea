"""Bodies that come again: what their sessions are, what cancels, and what is told of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.accuracy.report import PAGE
from benchmarks.bodies.backline import curve_metrics
from benchmarks.change import report
from benchmarks.change.bend import bent
from benchmarks.change.fit import components, fitted, left_out
from benchmarks.change.judge import FULLY, NAMES, pairs_of, share, with_change_of
from benchmarks.change.people import curves_of
from benchmarks.change.readings import visits_of
from benchmarks.change.sessions import STANCES, plan_of
from benchmarks.change.table import NOTHING, PhotoLine, read_table, write_table
from benchmarks.meshes.truth import back_lines
from posture.history.between import load_not_cancelled
from tests.support.hollow_column import hollow_back

SEALED = Path(report.__file__).parent / "sealed.csv"
# What the made-up errors below consist of, standard deviations in degrees.
BODY, SESSION, PHOTO = 3.0, 1.5, 1.0
OWN = 4.0
FLOOR = 4.4


def lines(family: str = "columns", bodies: int = 40, seed: int = 0) -> Iterator[PhotoLine]:
    """Sessions of bodies whose readings are off as above; every second one is said to be worse."""
    random = np.random.default_rng(seed)
    for body in range(bodies):
        bias = random.normal(0, BODY)
        for session, change in enumerate((0, 0, 0, 5, 8)):
            noticed = session % 2
            away = bias + random.normal(0, SESSION)
            for stance in range(STANCES):
                true = 40.0 + change + random.normal(0, 1)
                angle = true + away + random.normal(0, PHOTO)
                yield PhotoLine(
                    family=family,
                    body=f"{family}{body}",
                    sex="f",
                    stature_mm=1700.0,
                    session=session,
                    stance=stance,
                    kind="turned" if session == 4 else "in_protocol",
                    session_deg=40.0 + change,
                    session_mm=1.2 * (40.0 + change),
                    stance_deg=true,
                    stance_mm=1.2 * true,
                    slca_deg=angle,
                    slca_ci95=float(np.hypot(FLOOR, 1.96 * OWN * noticed)),
                    depth_mm=1.2 * angle,
                    depth_ci95=8.0,
                    ratio=1.2 * angle / 400,
                    ratio_ci95=8.0 / 400,
                )


# ---------------------------------------------------------------- the sessions


def test_of_ten_pairs_of_a_body_three_do_not_differ() -> None:
    plans = plan_of(np.random.default_rng(3), 60.0, ("turned",))
    changes = [plan.change_deg for plan in plans]
    assert sorted(changes) == [-8, -5, 0, 0, 0], "a deep back gets flatter"
    between = [abs(a - b) for k, a in enumerate(changes) for b in changes[:k]]
    assert [between.count(one) for one in (0, 3, 5, 8)] == [3, 1, 3, 3]
    assert all(len(plan.stances) == STANCES for plan in plans)
    assert all(abs(plan.yaw_deg) <= 10 for plan in plans if plan.kind == "in_protocol")


def test_a_body_that_is_bent_deepens_its_hollow_and_stays_upright() -> None:
    body, _ = hollow_back()
    depths, tops = [], []
    for extension in (-8.0, 0.0, 8.0):
        other = bent(body, extension)
        found = back_lines(other, other.pos)
        depths.append(curve_metrics(found.z_mm, found.envelope_mm, 1700.0)["hollow_depth_mm"])
        tops.append(other.pos[other.pos[:, 2] > 1.6].mean(axis=0))
        low = body.pos[:, 2] < 0.7
        assert np.allclose(other.pos[low], body.pos[low]), "legs stand still"
    assert depths[0] + 5 < depths[1] < depths[2] - 5
    assert np.abs(np.diff(tops, axis=0)).max() < 0.02, "the head stays over the feet"
    assert np.allclose(bent(body, 0.0).pos, body.pos)


def test_a_wanted_curve_is_found_between_those_that_were_looked_at() -> None:
    depths = [{"slca_deg": 30 + e, "hollow_depth_mm": 40 + 2 * e} for e in (-10.0, 0.0, 10.0)]
    curves = curves_of((-10.0, 0.0, 10.0), depths)
    extension = curves.extension_for(35.0)
    assert extension == pytest.approx(5.0, abs=0.02)
    assert curves.at(extension).hollow_depth_mm == pytest.approx(50.0, abs=0.05)


# ---------------------------------------------------------------- from the photos to the shares


def test_a_table_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    rounded = [replace(line, slca_ci95=round(line.slca_ci95, 2)) for line in lines(bodies=1)]
    write_table(iter(rounded), path)
    first = read_table(path)
    write_table(iter(first), path)
    assert read_table(path) == first
    assert first[0].slca_deg == pytest.approx(rounded[0].slca_deg, abs=0.005)


def test_a_session_with_a_refused_photo_is_left_out() -> None:
    refused = next(lines())
    nothing = replace(
        refused,
        slca_deg=0.0,
        slca_ci95=0.0,
        depth_mm=0.0,
        depth_ci95=0.0,
        ratio=0.0,
        ratio_ci95=0.0,
    )
    assert nothing.measured is None and NOTHING.slca_deg.ci95 == 0
    photos = list(lines(bodies=2))
    assert len(visits_of(photos)) == 10
    assert len(visits_of([nothing, *photos[1:]])) == 9


def test_the_components_of_known_errors_are_found() -> None:
    found = components(visits_of(lines(bodies=100)), "slca_deg")
    assert found.body == pytest.approx(BODY, rel=0.2)
    assert found.session == pytest.approx(SESSION, rel=0.15)
    assert found.photo == pytest.approx(PHOTO, rel=0.1)
    # The median of three stances that sway by 1 degree.
    assert found.sway == pytest.approx(0.67, rel=0.15)


def test_a_share_holds_what_does_not_cancel_and_nothing_of_the_body() -> None:
    visits = visits_of(lines(bodies=60))
    shares = fitted(visits)
    # The photos claim 4.4 degrees, or more where something is noticed.
    measuring = 1.96 * np.hypot(SESSION, 0.67 * PHOTO)
    assert shares.slca_deg < 1.2 * measuring / FLOOR
    pairs = pairs_of(visits, "slca_deg", shares)
    assert 0.93 <= share([pair.inside for pair in pairs]) <= 0.98


def test_sessions_that_say_that_they_are_worse_claim_less() -> None:
    # Sessions 0 and 2 notice nothing, 1 does.
    pairs = pairs_of(visits_of(lines(bodies=5)), "slca_deg", FULLY)
    detectable = [pair.change.detectable for pair in pairs if pair.true_deg == 0]
    assert max(detectable) > 1.3 * min(detectable)


def test_a_family_has_the_shares_that_the_others_ask_for() -> None:
    of_two = [*lines("columns", 20), *lines("cubes", 20, seed=1)]
    found = left_out(visits_of(of_two))
    assert set(found) == {"columns", "cubes"}
    assert found["columns"] == fitted(visits_of(lines("cubes", 20, seed=1)))


# ---------------------------------------------------------------- the page


def test_the_part_of_the_page_is_whole_and_has_its_place() -> None:
    visits = visits_of([*lines("columns", 10), *lines("cubes", 10, seed=1)])
    text = report.part(report.change_numbers(visits, visits))
    assert "20 of them, 100 sessions, 200 pairs" in text and "nan" not in text
    for table in (part.splitlines() for part in text.split("\n\n") if part.startswith("| ")):
        assert len({line.count("|") for line in table}) == 1, table[0]
    page = PAGE.read_text(encoding="utf-8")
    assert report.put_into(report.put_into(page, text), text) == report.put_into(page, text)


def test_the_committed_page_has_the_part_that_the_template_includes() -> None:
    part = report.PART.read_text(encoding="utf-8")
    assert part in PAGE.read_text(encoding="utf-8")
    template = (Path(report.__file__).parent / report.TEMPLATE).read_text(encoding="utf-8")
    wording = [line for line in template.splitlines() if line and "{" not in line]
    assert len(wording) > 15
    assert [line for line in wording if line not in part.splitlines()] == []


def test_on_the_sealed_seed_what_is_told_of_changes_holds() -> None:
    visits, shares = visits_of(read_table(SEALED)), load_not_cancelled()
    for name in NAMES:
        pairs = [pair for pair in pairs_of(visits, name, shares) if pair.in_protocol]
        unchanged = with_change_of(pairs, 0.0)
        assert share([not pair.change.counts for pair in unchanged]) >= 0.9
        assert share([pair.inside for pair in pairs]) >= 0.9
