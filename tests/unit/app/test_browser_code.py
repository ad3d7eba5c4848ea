"""What is pure in the browser's code, run by the same engine without a browser."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from py_mini_racer import MiniRacer

from posture._support.texts import page_texts
from posture.advice.exercises import library
from posture.app.components.declare import FOLDER, joined_script
from posture.app.components.live_camera import camera_words
from posture.live.live_settings import live_settings

CAMERA = page_texts()["live"]["camera"]
TIMER = dict(library().timer)
ENTRIES = sorted(file.name for file in FOLDER.iterdir() if file.name.endswith(".js"))


class Code:
    """A module of the browser's code and what it imports, in an engine of its own."""

    def __init__(self, module: str) -> None:
        self._engine = MiniRacer()
        self._engine.eval(joined_script(module))

    def __call__(self, function: str, *arguments: Any) -> Any:
        return self.value(f"{function}({', '.join(json.dumps(one) for one in arguments)})")

    def value(self, expression: str) -> Any:
        """What `expression` gives, None for undefined."""
        return json.loads(str(self._engine.eval(f"JSON.stringify(({expression}) ?? null)")))

    def awaited(self, expression: str) -> Any:
        """What the promise `expression` gives; `fetch` answers as `responses` tells."""
        self._engine.eval(FETCH)
        promise = self._engine.eval(f"({expression}).then((found) => JSON.stringify(found))")
        return json.loads(str(promise.get(timeout=5)))  # type: ignore[union-attr]


@cache
def code_of(module: str) -> Code:
    """For functions that keep nothing."""
    return Code(module)


# Answers with one of `statuses` after the other, None being a lost connection; keeps what was sent.
FETCH = """
    const sent = [];
    const AbortSignal = { timeout: () => null };
    const fetch = async (path, options) => {
      sent.push([path, options.headers]);
      const status = statuses.shift();
      if (status === null) throw new TypeError("lost");
      return { status, ok: status === 200, json: async () => ({ still: 0 }) };
    };
    const data = { path: "/live", headers: { token: "T", ratio: "R" }, token: "abc" };
"""


def test_every_script_is_whole() -> None:
    assert {"compare.js", "connection.js", "live_camera.js", "point_editor.js"} <= set(ENTRIES)
    for entry in ENTRIES:
        script = joined_script(entry)
        assert script.count("export ") == script.count("export default function (") == 1
        # Fails where a name is missing its module or stands in two.
        MiniRacer().eval(script.replace("export default function", "const entry = function"))


def test_a_module_stands_behind_those_it_imports() -> None:
    script = joined_script("live_camera.js")
    order = [line[3:] for line in script.splitlines() if line.startswith("// ") and ".js" in line]
    assert order[-1] == "live_camera.js"
    assert order.index("shared/tone.js") < order.index("camera/voice.js")
    assert len(order) == len(set(order)), "each module stands there once"


def test_a_chosen_camera_is_asked_for_by_its_id() -> None:
    code = code_of("camera/device.js")
    assert code("cameraConstraints", "abc", "user")["video"]["deviceId"] == {"exact": "abc"}
    other = code("cameraConstraints", "", "environment")
    assert other["video"]["facingMode"] == {"ideal": "environment"}
    assert other["audio"] is False


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        ("NotAllowedError", "refused"),
        ("NotFoundError", "missing"),
        ("NotReadableError", "busy"),
        ("SomethingNew", "failed"),
    ],
)
def test_a_camera_that_does_not_start_has_a_problem(error: str, problem: str) -> None:
    assert code_of("camera/device.js")("problemOfError", error) == problem
    assert CAMERA["problem"][problem]


def test_every_problem_has_a_sentence() -> None:
    of_errors = code_of("camera/device.js").value("Object.values(PROBLEM_OF_ERROR)")
    of_statuses = code_of("camera/program.js").value("Object.values(PROBLEM_OF_STATUS)")
    for_the_person = code_of("camera/live.js").value("[...FOR_THE_PERSON]")
    told = {*of_errors, *of_statuses, *for_the_person, "lost", "vanished", "asleep"}
    assert told <= set(CAMERA["problem"])


def test_a_frame_is_shrunk_to_its_longer_side_and_never_enlarged() -> None:
    code = code_of("camera/picture.js")
    assert code("shrunkSize", 1920, 1080, 640) == {"width": 640, "height": 360, "ratio": 3}
    assert code("shrunkSize", 1080, 1920, 640) == {"width": 360, "height": 640, "ratio": 3}
    assert code("shrunkSize", 320, 240, 640) == {"width": 320, "height": 240, "ratio": 1}


def lines(code: Code, **changes: Any) -> list[Any]:
    answer = {
        "points": [[0, 0], [1, 1], [2, 2]],
        "seen": [1, 1, 0.4],
        "back": [[5, 0], [5, 9]],
        "bridge": [[0, 0], [0, 9], [3, 4], [0, 4]],
    }
    return [one["line"] for one in code("linesOf", answer | changes, [[0, 1], [1, 2]])]


def test_only_what_is_seen_is_drawn() -> None:
    code = code_of("camera/drawing.js")
    back, bridge, depth = [[5, 0], [5, 9]], [[0, 0], [0, 9]], [[3, 4], [0, 4]]
    assert lines(code) == [[[0, 0], [1, 1]], back, bridge, depth]
    assert lines(code, points=[], seen=[]) == [back, bridge, depth]
    assert lines(code, back=[], bridge=[]) == [[[0, 0], [1, 1]]]


def test_the_canvas_grows_in_steps_of_a_half() -> None:
    code = code_of("camera/drawing.js")
    assert [code("canvasScale", shown, 640) for shown in (300, 640, 900, 1000, 1280)] == [
        1,
        1,
        1.5,
        1.5,
        2,
    ]


@pytest.mark.parametrize(
    ("beta", "gamma", "screen_deg", "roll_deg", "pitch_deg"),
    [
        (90, 0, 0, 0, 0),
        (78, 0, 0, 0, 12),
        (102, 0, 0, 0, -12),
        (0, -90, 90, 0, 0),
        (0, -80, 90, 0, 10),
    ],
)
def test_the_tilt_of_a_device_held_in_known_ways(
    beta: float, gamma: float, screen_deg: float, roll_deg: float, pitch_deg: float
) -> None:
    tilt = code_of("camera/level.js")("tiltOf", {"beta": beta, "gamma": gamma}, screen_deg)
    assert tilt["roll_deg"] == pytest.approx(roll_deg, abs=1e-6)
    assert tilt["pitch_deg"] == pytest.approx(pitch_deg, abs=1e-6)


def test_the_level_tells_what_is_worse_to_look_at() -> None:
    code = code_of("camera/level.js")

    def level(roll_deg: float, pitch_deg: float) -> dict[str, Any]:
        tilt = {"roll_deg": roll_deg, "pitch_deg": pitch_deg}
        return dict(code("levelOf", tilt, CAMERA))

    assert level(1, -4)["text"] == CAMERA["level_good"]
    assert level(1, 6) == {"good": False, "off": 3, "text": CAMERA["pitch"].format(deg=6)}
    assert level(-5, 6)["text"] == CAMERA["roll"].format(deg=5)
    assert level(-90, 0)["off"] == -45, "the bubble stays in its tube"


def test_only_voices_of_this_computer_and_of_the_language_speak() -> None:
    code = code_of("camera/voice.js")
    far = {"name": "far", "lang": "de-DE", "localService": False}
    german = {"name": "german", "lang": "de-DE", "localService": True}
    english = {"name": "english", "lang": "en-GB", "localService": True}
    assert code("chosenVoice", [far, english, german], "de") == german
    assert code("chosenVoice", [far, english], "de") is None, "it beeps instead"


def test_hold_take_and_done_beep_differently() -> None:
    code = code_of("camera/voice.js")
    assert {item.key for item in live_settings().instructions} >= {"hold", "step-away", "done"}
    beeps = {key: code("beepsOf", key) for key in ("hold", "step-away", "done", "turn")}
    assert len({(one["pitch_hz"], one["times"]) for one in beeps.values()}) == 4


def test_readings_are_whole_numbers_and_only_those_there_are() -> None:
    code = code_of("camera/page.js")
    numbers = {"angle_deg": 43.6, "depth_mm": 38.2}
    angle = CAMERA["angle"].format(deg=44)
    assert code("readingTexts", numbers, camera_words("mm")) == [angle, "38 mm"]
    assert code("readingTexts", numbers, camera_words("in")) == [angle, "1.5 in"]
    nothing = {"angle_deg": None, "depth_mm": None, "taken": 0}
    assert code("readingTexts", nothing, CAMERA) == []
    assert code("readingTexts", nothing | {"taken": 2}, CAMERA) == [
        CAMERA["stances"].format(taken=2)
    ]


@pytest.mark.parametrize(
    ("status", "reply"),
    [
        (200, {"answer": {"still": 0}, "problem": None}),
        (409, {}),
        (403, {"problem": "restarted"}),
        (429, {"problem": "crowded"}),
        (500, {"problem": "lost"}),
        (None, {"problem": "lost"}),
    ],
)
def test_a_frame_is_answered_or_its_problem_told(status: int | None, reply: Any) -> None:
    code = Code("camera/program.js")
    code.value(f"globalThis.statuses = {json.dumps([status])}")
    assert code.awaited("(async () => new Program(data).ask(null))()") == reply
    assert code.value("sent") == [["/live/frame", {"T": "abc", "R": "1"}]]


@pytest.mark.parametrize(
    ("statuses", "pictures", "taken", "posted"),
    [
        ([200, 200], 2, True, ["/live/picture/0", "/live/picture/1"]),
        ([404, 200], 2, False, ["/live/picture/0"]),
        ([], 1, False, []),
    ],
)
def test_a_round_is_sent_whole_or_not_at_all(
    statuses: list[int], pictures: int, taken: bool, posted: list[str]
) -> None:
    code = Code("camera/round.js")
    code.value(f"globalThis.statuses = {json.dumps(statuses)}")
    poster = "{ post: (what) => fetch(`/live/${what}`, {}) }"
    send = f"new Round(null, {poster}).send(Array({pictures}).fill(0), 2)"
    assert code.awaited(f"(async () => {send})()") is taken
    assert [path for path, _ in code.value("sent")] == posted


def phases(code: Code, **timer: int) -> list[str]:
    plan = code("phasesOf", {"sets": 2, "sides": 1, "work_seconds": 20, "rest_seconds": 0} | timer)
    return [f"{one['kind'][0]}{one['seconds']}" for one in plan]


def test_sets_and_sides_have_a_rest_between_them() -> None:
    code = code_of("timer/plan.js")
    assert phases(code) == ["w20", "w20"]
    assert phases(code, rest_seconds=5) == ["w20", "r5", "w20"]
    assert phases(code, sets=1, sides=2, rest_seconds=5) == ["w20", "r5", "w20"]
    assert phases(code, sets=1, rest_seconds=5) == ["w20"]


def test_the_timer_says_where_it_is() -> None:
    code = code_of("timer/plan.js")
    timer = {"sets": 2, "sides": 2, "work_seconds": 20, "rest_seconds": 5}
    plan = code("phasesOf", timer)

    def title(index: int) -> str:
        return str(code("titleOf", index, plan, timer, TIMER))

    set_one = TIMER["work"].format(number=1, sets=2)
    assert title(-1) == TIMER["ready"].format(sets=TIMER["some_sets"].format(sets=2))
    assert title(0) == f"{set_one}, {TIMER['first_side']}"
    assert title(1) == TIMER["rest"]
    assert title(2) == f"{set_one}, {TIMER['second_side']}"
    assert title(len(plan)) == TIMER["finished"]


def test_seconds_are_read_as_a_clock() -> None:
    code = code_of("timer/plan.js")
    assert [code("clockText", seconds) for seconds in (0, 9, 60, 125)] == [
        "0:00",
        "0:09",
        "1:00",
        "2:05",
    ]


def test_a_point_is_nudged_by_arrow_keys_only_and_stays_in_view() -> None:
    code = code_of("editor/geometry.js")
    view = {"left": 10, "top": 20, "width": 100, "height": 200}
    assert code("stepOf", "ArrowUp", False) == [0, -1]
    assert code("stepOf", "ArrowRight", True) == [10, 0]
    assert code("stepOf", "Enter", False) is None
    assert code("insideView", [50, 50], view) == [50, 50]
    assert code("insideView", [0, 500], view) == [10, 220]


def test_the_depth_line_meets_the_bridge_at_a_right_angle() -> None:
    code = code_of("editor/geometry.js")
    assert code("footOn", [3, 4], [0, 0], [0, 10]) == [0, 4]
    assert code("footOn", [2, 0], [0, 0], [4, 4]) == [1, 1]
    assert code("footOn", [3, 4], [1, 1], [1, 1]) == [1, 1], "two points in one place"


@pytest.mark.parametrize(
    ("left", "width", "backward", "side"),
    [(0, 100, 1, 1), (0, 70, 1, -1), (0, 100, -1, -1), (40, 60, -1, 1)],
)
def test_a_name_stands_behind_its_point_or_in_front_where_it_would_be_cut(
    left: int, width: int, backward: int, side: int
) -> None:
    view = {"left": left, "width": width}
    assert code_of("editor/geometry.js")("labelSide", 50, 30, view, backward) == side


@pytest.mark.parametrize(
    ("pressed", "wish"),
    [
        ({"key": "z", "ctrlKey": True}, "undo"),
        ({"key": "z", "metaKey": True}, "undo"),
        ({"key": "Z", "ctrlKey": True, "shiftKey": True}, "redo"),
        ({"key": "y", "ctrlKey": True}, "redo"),
        ({"key": "z"}, None),
        ({"key": "z", "ctrlKey": True, "altKey": True}, None),
        ({"key": "x", "ctrlKey": True}, None),
    ],
)
def test_the_usual_keys_undo_and_redo(pressed: dict[str, Any], wish: str | None) -> None:
    keys = {"ctrlKey": False, "metaKey": False, "shiftKey": False, "altKey": False}
    assert code_of("editor/steps.js")("wishOf", keys | pressed) == wish


def steps(*acts: str) -> list[str]:
    """Where the point is after each of these acts, by its letter."""
    code = Code("editor/steps.js")
    at = "(letter) => ({ lumbar: [letter.charCodeAt(0), 0] })"
    code.value(f"(globalThis.at = {at}, globalThis.steps = new Steps(at('a')), null)")
    seen = []
    for act in acts:
        code.value(f"(steps.{act}, null)")
        seen.append(chr(code.value("steps.now.lumbar[0]")))
    return seen


def test_what_was_undone_is_done_again_until_something_else_is_done() -> None:
    add_b, add_c, add_d = (f"add(at('{letter}'))" for letter in "bcd")
    assert steps(add_b, add_c, "undo()", "undo()", "undo()", "redo()") == list("bcbaab")
    assert steps(add_b, add_c, "undo()", add_d, "redo()", "undo()") == list("bcbddb")


def test_nudges_that_follow_each_other_are_one_step() -> None:
    nudges = [f"nudge(at('{letter}'), 'lumbar', {ms})" for letter, ms in (("b", 0), ("c", 400))]
    assert steps(*nudges, "undo()") == list("bca")
    later = "nudge(at('d'), 'lumbar', 5000)"
    assert steps(*nudges, later, "undo()", "undo()") == list("bcdca")
    other = "nudge(at('d'), 'gluteal', 500)"
    assert steps(*nudges, other, "undo()") == list("bcdc")


def test_a_refused_step_is_no_step() -> None:
    assert steps("add(at('b'))", "add(at('c'))", "refuse(at('b'))", "undo()") == list("bcba")
    nudges = ["nudge(at('b'), 'lumbar', 0)", "nudge(at('c'), 'lumbar', 100)"]
    assert steps(*nudges, "refuse(at('b'))", "undo()", "redo()") == list("bcbab")


@pytest.mark.parametrize(
    ("connected", "lost_ms", "known", "strange", "state"),
    [
        (True, 9000, True, 0, "calm"),
        (False, 300, None, 0, "wait"),
        (False, 9000, None, 0, "tell"),
        (False, 9000, False, 0, "tell"),
        (True, 300, False, 1, "wait"),
        (True, 300, False, 2, "renew"),
    ],
)
def test_a_page_is_renewed_only_when_the_program_does_not_know_it(
    connected: bool, lost_ms: int, known: bool | None, strange: int, state: str
) -> None:
    found = {"connected": connected, "lost_ms": lost_ms, "known": known, "strange": strange}
    assert code_of("connection/watch.js")("stateOf", found) == state
