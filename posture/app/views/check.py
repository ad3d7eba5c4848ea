"""Check a photo: the landing page."""

from __future__ import annotations

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from posture._support.texts import filled, page_texts, reading_from
from posture.app import navigation, tab_photos
from posture.app.components.point_editor import point_editor, sent_points
from posture.app.components.scroll_up import scroll_up
from posture.app.errors import calm_errors
from posture.app.norms import page_norms
from posture.app.parts.exports import exports
from posture.app.parts.figures import figure
from posture.app.parts.first_screen import first_screen, ways_on
from posture.app.parts.gauges import gauges
from posture.app.parts.intake import intake
from posture.app.parts.keep import keep_form
from posture.app.parts.person_form import (
    height_text,
    length_unit,
    person_form,
    refused_numbers,
    units_choice,
)
from posture.app.parts.sentences import (
    alignment_html,
    findings_html,
    fix_html,
    in_words,
)
from posture.app.tab_photos import TabPhoto
from posture.edit import hand_points
from posture.errors import InvalidInput
from posture.findings import finding
from posture.overlay import DEFAULT_LAYERS, Layer, encode_image, numbers
from posture.overlay.shown import annotated, around_person
from posture.photo.decode import Photo
from posture.photo.turn import quarter_turns
from posture.result import Result

LINKS = {
    "exercises": ":material/fitness_center:",
    "wall_test": ":material/back_hand:",
    "method": ":material/straighten:",
}
_REFUSED = "check.edit_refused"
LAYERS = tuple(layer for layer in Layer if layer is not Layer.PANEL)


def page() -> None:
    """The whole page: ways in at first, the reading once there is one."""
    if tab_photos.photos():
        scroll_up(f"{tab_photos.photos()[0].key}.{tab_photos.intake_number()}")
        reading()
        return
    text = page_texts()["check"]
    st.title(text["title"], anchor=False)
    st.html(f'<p class="po-lead">{text["lead"]}</p><p class="po-private">{text["private"]}</p>')
    _entrance()
    _how_to()


def _entrance() -> None:
    """The person's numbers, and beside them, on a phone below, the ways in."""
    numbers_column, ways = st.columns([5, 7], gap="large")
    with numbers_column:
        subject = person_form()
    with ways:
        st.header(page_texts()["check"]["photo"], anchor=False)
        intake(subject)


def _how_to() -> None:
    text = page_texts()["check"]
    st.divider()
    left, right = st.columns([5, 8], gap="large", vertical_alignment="center")
    with left:
        st.header(text["how"], anchor=False)
        steps = text["steps"]
        names = ("one", "two", "three", "four", "five")
        st.markdown("\n".join(f"{k}. {steps[name]}" for k, name in enumerate(names, start=1)))
    with right:
        figure("stance")


@st.fragment
def reading() -> None:
    """One photo with its numbers; the photos of one session share them."""
    with calm_errors():
        if not tab_photos.photos():
            return
        _choose_photo()
        first, details = st.container(), st.container()
        # The fields stand below what they change, and are asked first.
        numbers_column = None
        if tab_photos.chosen().measured.status == "measured":
            with details:
                numbers_column = _ask_beside_numbers(tab_photos.chosen())
        _apply_edit(tab_photos.chosen())
        tab_photo = tab_photos.chosen()
        summary = tab_photos.summary_of(tab_photo)
        with first:
            _first(tab_photo, summary)
        if numbers_column is not None:
            with numbers_column:
                _numbers(summary)
            with details:
                _details(tab_photo, summary)


def _first(tab_photo: TabPhoto, summary: Result) -> None:
    """What is read in ten seconds, and the picture beside it; on a phone below it."""
    refusal = tab_photo.result.refusal
    words, picture = st.columns(2, gap="medium")
    with words:
        first_screen(tab_photo, summary)
        if refusal is not None:
            st.html(fix_html(refusal))
            _offer_to_turn(tab_photo)
        _tell_of_photo(tab_photo, summary)
        ways_on(tab_photo)
    with picture, st.container(key="check-picture"):
        if refusal is not None:
            alt = filled(page_texts()["check"]["picture_refused_alt"], reason=refusal.message)
            _show(tab_photo, frozenset({Layer.FINDINGS}), alt)
        else:
            _picture_or_editor(tab_photo)
    if refusal is not None:
        _how_to_stand(tab_photo)


def _tell_of_photo(tab_photo: TabPhoto, summary: Result) -> None:
    """What is to be known of the photo before its number is believed."""
    text = page_texts()["check"]
    # Always there: on a phone the picture below keeps its place under the finger.
    with st.container():
        if summary.provenance.edited_by_hand:
            st.html(f'<span class="po-tag">{text["edited"]}</span>')
        elif st.session_state.get("check.correct", False):
            st.html('<span class="po-tag" style="visibility: hidden">&nbsp;</span>')
        _tell_of_sample(tab_photo)
        if tab_photos.repeated():
            st.caption(finding("photo-given-twice").message)
        _tell_of_refused_numbers(tab_photo)


def _choose_photo() -> None:
    """With several photos, a row of buttons to choose the one to look at by."""
    text, found = page_texts()["check"], tab_photos.photos()
    if len(found) == 1:
        return
    names = {}
    for number, tab_photo in enumerate(found, start=1):
        refused = tab_photo.measured.status == "refused"
        form = text["this_photo_refused"] if refused else text["this_photo"]
        names[tab_photo.key] = filled(form, number=number)
    chosen = st.segmented_control(
        text["which"],
        list(names),
        default=tab_photos.chosen().key,
        format_func=lambda key: names.get(key, key),
        required=True,
        label_visibility="collapsed",
        # The photos that come next are shown from the first one on.
        key=f"check.chosen.{tab_photos.intake_number()}",
    )
    tab_photos.choose(list(names).index(chosen) if chosen in names else 0)
    with st.container():
        _tell_of_all(found)


def _tell_of_all(found: tuple[TabPhoto, ...]) -> None:
    text = page_texts()["check"]
    good = sum(tab_photo.measured.status == "measured" for tab_photo in found)
    several = tab_photos.together()
    lines = []
    if several is not None:
        lines = [reading_from(several.count, several.counted)]
    if good < len(found):
        lines.append(filled(text["cannot_some"], count=len(found) - good, total=len(found)))
    if lines:
        st.caption(" ".join(lines))


def _tell_of_sample(tab_photo: TabPhoto) -> None:
    subject = tab_photo.measured.subject
    if tab_photo.sample and subject.stature_mm is not None:
        text = page_texts()["check"]["sample_man" if subject.sex == "m" else "sample_woman"]
        st.caption(filled(text, height=height_text(subject.stature_mm)))


def _tell_of_refused_numbers(tab_photo: TabPhoto) -> None:
    """A sample is measured with its own person's numbers, not with these."""
    if not tab_photo.sample:
        for sentence in refused_numbers():
            st.warning(sentence)


def _ask_beside_numbers(tab_photo: TabPhoto) -> DeltaGenerator:
    """The heading, the fields that change the numbers, and the place for the numbers."""
    st.divider()
    fields, place = st.columns([5, 7], gap="large")
    with fields:
        if tab_photo.sample:
            units_choice()
        else:
            tab_photos.measure_for(person_form())
    return place


def _numbers(summary: Result) -> None:
    """Every number on its gauge, what it says beside other people's, and where to go from here."""
    text = page_texts()["check"]
    st.header(text["numbers"], anchor=False)
    st.html(gauges(summary, page_norms(), length_unit()))
    judged_by = numbers.own_norms([summary.provenance.norms_version])
    lines = [escape(judged_by), numbers.percentiles(summary) or ""]
    if summary.repeatability is not None:
        again = filled(text["again"], slca=max(1, round(summary.repeatability.slca_deg)))
        lines.append(again)
    for line in filter(None, lines):
        st.html(f'<p class="po-quiet">{line}</p>')
    if summary.wall_test is not None:
        with st.expander(text["wall_test"]):
            st.markdown(summary.wall_test)
    _links()


def _links() -> None:
    """Where to go from here."""
    text = page_texts()["check"]
    with st.container(gap="xsmall"):
        for name, icon in LINKS.items():
            st.page_link(navigation.named_page(name), label=text[f"to_{name}"], icon=icon)


def _details(tab_photo: TabPhoto, summary: Result) -> None:
    """What was noticed, how the person stands, and what can be done with the reading."""
    st.divider()
    found, stance = st.columns([7, 5], gap="large")
    with found:
        _findings(summary)
    with stance:
        _alignment(tab_photo)
    exports(tab_photo)
    keep_form(tab_photo)


def _findings(summary: Result) -> None:
    """What matters most for this reading first; what hardly does is folded away."""
    text = page_texts()["check"]
    told = summary.other_findings
    notes = tuple(item for item in told if item.severity == "info")
    st.header(text["findings"], anchor=False)
    st.html(
        findings_html(tuple(item for item in told if item not in notes))
        or f'<p class="po-quiet">{text["no_findings"]}</p>'
    )
    if notes:
        with st.expander(filled(text["notes"], count=len(notes))):
            st.html(findings_html(notes))


def _alignment(tab_photo: TabPhoto) -> None:
    text, alignment = page_texts()["check"], tab_photo.result.alignment
    if alignment is None:
        return
    st.header(text["alignment"], anchor=False)
    with st.expander(text["alignment_show"]):
        st.html(alignment_html(alignment, length_unit()))
        st.html(f'<p class="po-quiet">{text["alignment_note"]}</p>')


def _picture_or_editor(tab_photo: TabPhoto) -> None:
    text = page_texts()["check"]
    if st.session_state.get("check.correct", False) and tab_photo.photo is not None:
        _editor(tab_photo, tab_photo.photo)
    else:
        _picture(tab_photo)
    st.toggle(text["correct"], key="check.correct", help=text["correct_help"])


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
        told = in_words(tab_photo.result, length_unit())
        _show(tab_photo, layers, filled(text["picture_alt"], told=told))
        _tell_whose_labels(tab_photo)


def _tell_whose_labels(tab_photo: TabPhoto) -> None:
    """The picture's labels are of one photo, and the numbers beside it the median of all."""
    count = tab_photos.counted_with(tab_photo)
    if count > 1:
        form = page_texts()["check"]["labels_of_one"]
        st.caption(filled(form, number=tab_photos.chosen_index() + 1, count=count))


def _show(tab_photo: TabPhoto, layers: frozenset[Layer], alt: str) -> None:
    if tab_photo.photo is not None:
        near = around_person(tab_photo.photo, tab_photo.result)
        picture = annotated(*near, layers=layers, unit=length_unit())
        st.image(encode_image(picture, "jpeg", 88), width="stretch", alt=alt)


def _how_to_stand(tab_photo: TabPhoto) -> None:
    """After a refusal: what else was seen, and the right stance."""
    others = tab_photo.result.other_findings
    if others:
        st.html(findings_html(others))
    st.header(page_texts()["check"]["stance"], anchor=False)
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
        with st.spinner(filled(text["measuring"], number=1, count=1)):
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
        told=in_words(tab_photo.result, length_unit()),
    )
    if refused is not None:
        st.warning(refused[1])
    st.html(f'<p class="po-quiet">{text["correct_hint"]}</p>')


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
    back = sent.points == hand_points(tab_photo.measured)
    moved = None if back else sent.points
    try:
        tab_photos.move_points(tab_photo.key, moved)
    except InvalidInput as error:
        st.session_state[_REFUSED] = (sent.number, f"{error.reason} {error.fix}")
        if not sent.held:
            tab_photos.move_points(tab_photo.key, st.session_state.get(settled))
        return
    if not sent.held:
        st.session_state[settled] = moved


def _refused_edit() -> tuple[int, str] | None:
    """Which sending of the editor was refused, and why; None when the last one was taken."""
    refused: tuple[int, str] | None = st.session_state.get(_REFUSED)
    return refused


def _editor_key(tab_photo: TabPhoto) -> str:
    return f"editor.{tab_photos.intake_number()}.{tab_photo.key}"
