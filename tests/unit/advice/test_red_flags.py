"""Questions before exercises, and advice to runners."""

from __future__ import annotations

from posture.advice.red_flags import advice


def test_new_signs_are_for_today_and_the_others_for_the_next_days() -> None:
    questions = advice().questions
    assert list(questions.groups) == ["emergency", "soon"]
    assert "today" in questions.message_for("emergency")
    assert "in the next days" in questions.message_for("soon")


def test_every_sign_leads_to_a_clinician() -> None:
    questions = advice().questions
    for urgency, group in questions.groups.items():
        assert group.signs
        assert "see a clinician" in questions.message_for(urgency)
        assert questions.held_back in questions.message_for(urgency)


def test_runners_advice_is_sourced() -> None:
    tips = advice().runners.tips
    assert {tip.key for tip in tips} == {"load", "duration", "shoes", "weight", "pain-killers"}
    assert all(tip.sources for tip in tips)
