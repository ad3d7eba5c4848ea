"""Check a photo: the landing page."""

from __future__ import annotations

import streamlit as st

from posture._support.texts import words
from posture.app import places, sitting
from posture.app.components.point_editor import point_editor, sent_points
from posture.app.components.scroll_up import scroll_up
from posture.app.errors import calm_errors
from posture.app.norms import page_norms
from posture.app.parts.exports import exports
from posture.app.parts.figures import figure
from posture.app.parts.gauges import gauges
from posture.app.parts.intake import intake, start_over
from posture.app.parts.keep import keep_form
from posture.app.parts.person_form import person_form, refused_numbers
from posture.app.parts.sentences import (
    alignment_html,
    findings_html,
    fix_html,
    verdict,
    verdict_html,
)
from posture.app.sitting import Shot
from posture.edit import hand_points
from posture.errors import InvalidInput
from posture.findings import finding
from posture.overlay import DEFAULT_LAYERS, Layer, encode_image, numbers
from posture.overlay.shown import annotated
from posture.photo.decode import Photo
from posture.photo.turn import quarter_turns
from posture.result import Result
from posture.subject import Subject

LINKS = {
    "exercises": ":material/fitness_center:",
    "wall_test": ":material/back_hand:",
    "method": ":material/straighten:",
}
_REFUSED = "check.edit_refused"
LAYERS = tuple(layer for layer in Layer if layer is not Layer.PANEL)


def page() -> None:
    """The whole page: ways in at first, the reading once there is one."""
    place = st.container()
    if sitting.shots():
        st.divider()
        sitting.measure_for(_entrance(words()["check"]["another"]))
        with place:
            scroll_up(f"{sitting.shots()[0].key}.{sitting.count()}")
            reading()
        return
    text = words()["check"]
    with place:
        st.title(text["title"], anchor=False)
        st.html(f'<p class="po-lead">{text["lead"]}</p><p class="po-private">{text["private"]}</p>')
    _entrance(text["photo"])
    _how_to()


def _entrance(heading: str) -> Subject:
    """The ways in and the person's numbers, side by side; the numbers that hold now."""
    ways, numbers = st.columns([8, 5], gap="large")
    with numbers:
        subject = person_form()
    with ways:
        st.subheader(heading, anchor=False)
        intake(subject)
    return subject


def _how_to() -> None:
    text = words()["check"]
    st.divider()
    left, right = st.columns([5, 8], gap="large", vertical_alignment="center")
    with left:
        st.markdown(f"### {text['how']}")
        steps = text["steps"]
        names = ("one", "two", "three", "four", "five")
        st.markdown("\n".join(f"{k}. {steps[name]}" for k, name in enumerate(names, start=1)))
    with right:
        figure("stance")


@st.fragment
def reading() -> None:
    """One photo with its numbers; the photos of one stance share them."""
    with calm_errors():
        shot = _choose_shot()
        if shot is not None:
            _apply_edit(shot)
            _show_reading(sitting.shots()[sitting.chosen_index()])


def _show_reading(shot: Shot) -> None:
    text = words()["check"]
    summary = sitting.summary_of(shot)
    sentence, again = st.columns([6, 1], vertical_alignment="center")
    with sentence:
        st.html(verdict_html(summary, len(sitting.singles_with(shot))))
    with again:
        if st.button(text["start_over"], icon=":material/replay:", key="check.start_over"):
            start_over()
            st.rerun()
    # Always there: where something comes or goes above it, the editor is drawn anew, in mid-drag.
    with st.container():
        if summary.provenance.edited_by_hand:
            st.html(f'<span class="po-tag">{text["edited"]}</span>')
        elif st.session_state.get("check.correct", False):
            # The point under the finger keeps its place when the tag comes.
            st.html('<span class="po-tag" style="visibility: hidden">&nbsp;</span>')
        _tell_of_sample(shot)
        if sitting.repeated():
            st.caption(finding("photo-given-twice").message)
        _tell_of_differences(shot)
        _tell_of_refused_numbers(shot)
    if shot.result.status == "refused":
        _refusal(shot)
    else:
        _measured(shot, summary)


def _choose_shot() -> Shot | None:
    """The photo to look at; with several, a row of buttons to choose by."""
    text, found = words()["check"], sitting.shots()
    if not found:
        return None
    if len(found) > 1:
        names = {
            shot.key: text["this_photo"].format(number=number)
            for number, shot in enumerate(found, start=1)
        }
        chosen = st.segmented_control(
            text["which"],
            list(names),
            default=found[sitting.chosen_index()].key,
            format_func=lambda key: names.get(key, key),
            required=True,
            label_visibility="collapsed",
            # The photos that come next are shown from the first one on.
            key=f"check.chosen.{sitting.count()}",
        )
        sitting.choose(list(names).index(chosen) if chosen in names else 0)
        with st.container():
            _tell_of_all(found)
    return found[sitting.chosen_index()]


def _tell_of_all(found: tuple[Shot, ...]) -> None:
    text = words()["check"]
    good = sum(shot.measured.status == "measured" for shot in found)
    lines = [text["reading_from"].format(count=good)] if good > 1 else []
    if good < len(found):
        lines.append(text["cannot_some"].format(count=len(found) - good, total=len(found)))
    if lines:
        st.caption(" ".join(lines))


def _tell_of_sample(shot: Shot) -> None:
    subject = shot.measured.subject
    if shot.sample and subject.stature_mm is not None:
        text = words()["check"]["sample_man" if subject.sex == "m" else "sample_woman"]
        st.caption(text.format(stature=subject.stature_mm / 10))


def _tell_of_differences(shot: Shot) -> None:
    """What the photos show beside each other; a fix that is the same is said once."""
    found = sitting.beside_each_other(shot)
    for fix in dict.fromkeys(item.fix for item in found):
        messages = [item.message for item in found if item.fix == fix]
        st.warning(" ".join([*messages, fix]))


def _tell_of_refused_numbers(shot: Shot) -> None:
    """A sample is measured with its own person's numbers, not with these."""
    if not shot.sample:
        for sentence in refused_numbers():
            st.warning(sentence)


def _measured(shot: Shot, summary: Result) -> None:
    text = words()["check"]
    left, right = st.columns([11, 9], gap="large")
    with left:
        if st.session_state.get("check.correct", False) and shot.photo is not None:
            _editor(shot, shot.photo)
        else:
            _picture(shot)
        st.toggle(text["correct"], key="check.correct", help=text["correct_help"])
    with right:
        st.html(gauges(summary, page_norms()))
        _words_of(summary, len(sitting.singles_with(shot)))
        _links()
        with st.expander(text["findings"], expanded=bool(shot.result.findings)):
            st.html(
                findings_html(shot.result.findings)
                or f'<p class="po-quiet">{text["no_findings"]}</p>'
            )
        if shot.result.alignment is not None:
            with st.expander(text["alignment"]):
                st.html(alignment_html(shot.result.alignment))
                st.html(f'<p class="po-quiet">{text["alignment_note"]}</p>')
    exports(shot)
    keep_form(shot)


def _words_of(summary: Result, photos: int) -> None:
    text = words()["check"]
    lines = [numbers.percentiles(summary) or "", summary.wall_test or ""]
    if summary.repeatability is not None:
        again = text["again"].format(slca=max(1, round(summary.repeatability.slca_deg)))
        lines.append(again if photos > 1 else f"{again} {text['three']}")
    for line in filter(None, lines):
        st.html(f'<p class="po-quiet">{line}</p>')


def _links() -> None:
    """Where to go from here."""
    text = words()["check"]
    with st.container(gap="xsmall"):
        for name, icon in LINKS.items():
            st.page_link(places.place(name), label=text[f"to_{name}"], icon=icon)


def _picture(shot: Shot) -> None:
    """The photo with the layers that are switched on."""
    text = words()["check"]
    place = st.container()
    chosen = st.pills(
        text["layers"],
        LAYERS,
        selection_mode="multi",
        default=[layer for layer in LAYERS if layer in DEFAULT_LAYERS],
        format_func=lambda layer: text["layer"][layer.value],
        wrap=True,
        key="check.layers",
    )
    layers = frozenset(chosen)
    with place:
        _show(shot, layers, text["picture_alt"].format(verdict=verdict(shot.result)))


def _show(shot: Shot, layers: frozenset[Layer], alt: str) -> None:
    if shot.photo is not None:
        picture = annotated(shot.photo, shot.result, layers=layers)
        st.image(encode_image(picture, "jpeg", 88), width="stretch", alt=alt)


def _refusal(shot: Shot) -> None:
    """What to change, the spot on the photo, and the right stance."""
    text, refusal = words()["check"], shot.result.refusal
    if refusal is None:
        return
    left, right = st.columns([9, 11], gap="large")
    with left:
        _show(
            shot,
            frozenset({Layer.FINDINGS}),
            text["picture_refused_alt"].format(reason=refusal.message),
        )
    with right:
        st.html(fix_html(refusal))
        _offer_to_turn(shot)
        others = tuple(item for item in shot.result.findings if item is not refusal)
        if others:
            st.html(findings_html(others))
        st.markdown(f"### {text['stance']}")
        figure("stance")


def _offer_to_turn(shot: Shot) -> None:
    """A button that sets a picture upright that lies on its side or stands on its head."""
    quarters = quarter_turns(shot.result.findings)
    if shot.photo is None or quarters is None:
        return
    text = words()["check"]
    if st.button(
        text["turn"][f"quarter_{quarters}"],
        icon=":material/rotate_right:",
        type="primary",
        key=f"check.turn.{shot.key}.{quarters}",
    ):
        with st.spinner(text["measuring"].format(number=1, count=1)):
            sitting.turn(shot.key, quarters)
        st.rerun()


def _editor(shot: Shot, photo: Photo) -> None:
    text = words()["check"]
    measured, refused = hand_points(shot.measured), _refused_edit()
    point_editor(
        photo,
        shot.result,
        shot.moved or measured,
        _editor_key(shot),
        measured=measured,
        refused=None if refused is None else refused[0],
    )
    if refused is not None:
        st.warning(refused[1])
    st.html(f'<p class="po-quiet">{text["correct_hint"]}</p>')
    if st.button(text["correct_reset"], disabled=shot.moved is None, key="check.reset"):
        sitting.move_points(shot.key, None)
        st.session_state[f"check.edits.{shot.key}"] = _edits(shot) + 1
        st.rerun(scope="fragment")


def _apply_edit(shot: Shot) -> None:
    """Take over what the editor has sent since the page was last drawn.

    Points that are dropped where no back is go back to where the last ones were dropped, not to
    where they passed on the way.
    """
    st.session_state[_REFUSED] = None
    photo, settled = shot.photo, f"check.settled.{_editor_key(shot)}"
    if not isinstance(photo, Photo) or shot.measured.status != "measured":
        return
    sent = sent_points(_editor_key(shot), photo)
    if sent is None:
        return
    try:
        sitting.move_points(shot.key, sent.points)
    except InvalidInput as error:
        st.session_state[_REFUSED] = (sent.number, f"{error.reason} {error.fix}")
        if not sent.held:
            sitting.move_points(shot.key, st.session_state.get(settled))
        return
    if not sent.held:
        st.session_state[settled] = sent.points


def _refused_edit() -> tuple[int, str] | None:
    """Which sending of the editor was refused, and why; None when the last one was taken."""
    refused: tuple[int, str] | None = st.session_state.get(_REFUSED)
    return refused


def _editor_key(shot: Shot) -> str:
    return f"editor.{sitting.count()}.{shot.key}.{_edits(shot)}"


def _edits(shot: Shot) -> int:
    return int(st.session_state.get(f"check.edits.{shot.key}", 0))
