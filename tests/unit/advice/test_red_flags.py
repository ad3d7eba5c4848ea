"""Questions before exercises, and advice to runners."""

from __future__ import annotations

from posture.advice.red_flags import advice


def test_emergency_comes_before_soon() -> None:
    questions = advice().questions
    assert questions.message_for([]) == ""
    assert "in the next days" in questions.message_for(["fever"])
    assert "today" in questions.message_for(["saddle"])
    assert questions.message_for(["fever", "saddle"]) == questions.message_for(["saddle"])


def test_every_flag_leads_to_a_clinician() -> None:
    questions = advice().questions
    for flag in (*questions.emergency.flags, *questions.soon.flags):
        assert "see a clinician" in questions.message_for([flag.key])


def test_runners_advice_is_sourced() -> None:
    tips = advice().runners.tips
    assert {tip.key for tip in tips} == {"load", "duration", "shoes", "weight", "pain-killers"}
    assert all(tip.sources for tip in tips)
