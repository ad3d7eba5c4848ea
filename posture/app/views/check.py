"""Check a photo: the landing page."""

from __future__ import annotations

import streamlit as st

from posture._support.texts import page_texts
from posture.app import navigation, tab_photos
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
from posture.app.tab_photos import TabPhoto
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
    placeholder = st.container()
    if tab_photos.photos():
        st.divider()
        tab_photos.measure_for(_entrance(page_texts()["check"]["another"]))
        with placeholder:
            scroll_up(f"{tab_photos.photos()[0].key}.{tab_photos.intake_number()}")
            reading()
        return
    text = page_texts()["check"]
    with placeholder:
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
    text = page_texts()["check"]
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
        tab_photo = _choose_photo()
        if tab_photo is not None:
            _apply_edit(tab_photo)
            _show_reading(tab_photos.photos()[tab_photos.chosen_index()])


def _show_reading(tab_photo: TabPhoto) -> None:
    text = page_texts()["check"]
    summary = tab_photos.summary_of(tab_photo)
    sentence, again = st.columns([6, 1], vertical_alignment="center")
    with sentence:
        st.html(verdict_html(summary, len(tab_photos.singles_with(tab_photo))))
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
        _tell_of_sample(tab_photo)
        if tab_photos.repeated():
            st.caption(finding("photo-given-twice").message)
        _tell_of_differences(tab_photo)
        _tell_of_refused_numbers(tab_photo)
    if tab_photo.result.status == "refused":
        _refusal(tab_photo)
    else:
        _measured(tab_photo, summary)


def _choose_photo() -> TabPhoto | None:
    """The photo to look at; with several, a row of buttons to choose by."""
    text, found = page_texts()["check"], tab_photos.photos()
    if not found:
        return None
    if len(found) > 1:
        names = {
            tab_photo.key: text["this_photo"].format(number=number)
            for number, tab_photo in enumerate(found, start=1)
        }
        chosen = st.segmented_control(
            text["which"],
            list(names),
            default=found[tab_photos.chosen_index()].key,
            format_func=lambda key: names.get(key, key),
            required=True,
            label_visibility="collapsed",
            # The photos that come next are shown from the first one on.
            key=f"check.chosen.{tab_photos.intake_number()}",
        )
        tab_photos.choose(list(names).index(chosen) if chosen in names else 0)
        with st.container():
            _tell_of_all(found)
    return found[tab_photos.chosen_index()]


def _tell_of_all(found: tuple[TabPhoto, ...]) -> None:
    text = page_texts()["check"]
    good = sum(tab_photo.measured.status == "measured" for tab_photo in found)
    lines = [text["reading_from"].format(count=good)] if good > 1 else []
    if good < len(found):
        lines.append(text["cannot_some"].format(count=len(found) - good, total=len(found)))
    if lines:
        st.caption(" ".join(lines))


def _tell_of_sample(tab_photo: TabPhoto) -> None:
    subject = tab_photo.measured.subject
    if tab_photo.sample and subject.stature_mm is not None:
        text = page_texts()["check"]["sample_man" if subject.sex == "m" else "sample_woman"]
        st.caption(text.format(stature=subject.stature_mm / 10))


def _tell_of_differences(tab_photo: TabPhoto) -> None:
    """What the photos show beside each other; a fix that is the same is said once."""
    found = tab_photos.joint_findings(tab_photo)
    for fix in dict.fromkeys(item.fix for item in found):
        messages = [item.message for item in found if item.fix == fix]
        st.warning(" ".join([*messages, fix]))


def _tell_of_refused_numbers(tab_photo: TabPhoto) -> None:
    """A sample is measured with its own person's numbers, not with these."""
    if not tab_photo.sample:
        for sentence in refused_numbers():
            st.warning(sentence)


def _measured(tab_photo: TabPhoto, summary: Result) -> None:
    text = page_texts()["check"]
    left, right = st.columns([11, 9], gap="large")
    with left:
        if st.session_state.get("check.correct", False) and tab_photo.photo is not None:
            _editor(tab_photo, tab_photo.photo)
        else:
            _picture(tab_photo)
        st.toggle(text["correct"], key="check.correct", help=text["correct_help"])
    with right:
        st.html(gauges(summary, page_norms()))
        _words_of(summary, len(tab_photos.singles_with(tab_photo)))
        _links()
        with st.expander(text["findings"], expanded=bool(tab_photo.result.findings)):
            st.html(
                findings_html(tab_photo.result.findings)
                or f'<p class="po-quiet">{text["no_findings"]}</p>'
            )
        if tab_photo.result.alignment is not None:
            with st.expander(text["alignment"]):
                st.html(alignment_html(tab_photo.result.alignment))
                st.html(f'<p class="po-quiet">{text["alignment_note"]}</p>')
    exports(tab_photo)
    keep_form(tab_photo)


def _words_of(summary: Result, photos: int) -> None:
    text = page_texts()["check"]
    lines = [numbers.percentiles(summary) or "", summary.wall_test or ""]
    if summary.repeatability is not None:
        again = text["again"].format(slca=max(1, round(summary.repeatability.slca_deg)))
        lines.append(again if photos > 1 else f"{again} {text['three']}")
    for line in filter(None, lines):
        st.html(f'<p class="po-quiet">{line}</p>')


def _links() -> None:
    """Where to go from here."""
    text = page_texts()["check"]
    with st.container(gap="xsmall"):
        for name, icon in LINKS.items():
            st.page_link(navigation.named_page(name), label=text[f"to_{name}"], icon=icon)


def _picture(tab_photo: TabPhoto) -> None:
    """The photo with the layers that are switched on."""
    text = page_texts()["check"]
    placeholder = st.container()
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
    with placeholder:
        _show(tab_photo, layers, text["picture_alt"].format(verdict=verdict(tab_photo.result)))


def _show(tab_photo: TabPhoto, layers: frozenset[Layer], alt: str) -> None:
    if tab_photo.photo is not None:
        picture = annotated(tab_photo.photo, tab_photo.result, layers=layers)
        st.image(encode_image(picture, "jpeg", 88), width="stretch", alt=alt)


def _refusal(tab_photo: TabPhoto) -> None:
    """What to change, the spot on the photo, and the right stance."""
    text, refusal = page_texts()["check"], tab_photo.result.refusal
    if refusal is None:
        return
    left, right = st.columns([9, 11], gap="large")
    with left:
        _show(
            tab_photo,
            frozenset({Layer.FINDINGS}),
            text["picture_refused_alt"].format(reason=refusal.message),
        )
    with right:
        st.html(fix_html(refusal))
        _offer_to_turn(tab_photo)
        others = tuple(item for item in tab_photo.result.findings if item is not refusal)
        if others:
            st.html(findings_html(others))
        st.markdown(f"### {text['stance']}")
        figure("stance")


def _offer_to_turn(tab_photo: TabPhoto) -> None:
    """A button that sets a picture upright that lies on its side or stands on its head."""
    quarters = quarter_turns(tab_photo.result.findings)
    if tab_photo.photo is None or quarters is None:
        return
    text = page_texts()["check"]
    if st.button(
        text["turn"][f"quarter_{quarters}"],
        icon=":material/rotate_right:",
        type="primary",
        key=f"check.turn.{tab_photo.key}.{quarters}",
    ):
        with st.spinner(text["measuring"].format(number=1, count=1)):
            tab_photos.turn(tab_photo.key, quarters)
        st.rerun()


def _editor(tab_photo: TabPhoto, photo: Photo) -> None:
    text = page_texts()["check"]
    measured, refused = hand_points(tab_photo.measured), _refused_edit()
    point_editor(
        photo,
        tab_photo.result,
        tab_photo.moved or measured,
        _editor_key(tab_photo),
        measured=measured,
        refused=None if refused is None else refused[0],
    )
    if refused is not None:
        st.warning(refused[1])
    st.html(f'<p class="po-quiet">{text["correct_hint"]}</p>')
    if st.button(text["correct_reset"], disabled=tab_photo.moved is None, key="check.reset"):
        tab_photos.move_points(tab_photo.key, None)
        st.session_state[f"check.edits.{tab_photo.key}"] = _edits(tab_photo) + 1
        st.rerun(scope="fragment")


def _apply_edit(tab_photo: TabPhoto) -> None:
    """Take over what the editor has sent since the page was last drawn.

    Points that are dropped where no back is go back to where the last ones were dropped, not to
    where they passed on the way.
    """
    st.session_state[_REFUSED] = None
    photo, settled = tab_photo.photo, f"check.settled.{_editor_key(tab_photo)}"
    if not isinstance(photo, Photo) or tab_photo.measured.status != "measured":
        return
    sent = sent_points(_editor_key(tab_photo), photo)
    if sent is None:
        return
    try:
        tab_photos.move_points(tab_photo.key, sent.points)
    except InvalidInput as error:
        st.session_state[_REFUSED] = (sent.number, f"{error.reason} {error.fix}")
        if not sent.held:
            tab_photos.move_points(tab_photo.key, st.session_state.get(settled))
        return
    if not sent.held:
        st.session_state[settled] = sent.points


def _refused_edit() -> tuple[int, str] | None:
    """Which sending of the editor was refused, and why; None when the last one was taken."""
    refused: tuple[int, str] | None = st.session_state.get(_REFUSED)
    return refused


def _editor_key(tab_photo: TabPhoto) -> str:
    return f"editor.{tab_photos.intake_number()}.{tab_photo.key}.{_edits(tab_photo)}"


def _edits(tab_photo: TabPhoto) -> int:
    return int(st.session_state.get(f"check.edits.{tab_photo.key}", 0))
