"""What is read in ten seconds: the verdict, one number, one thing to do, and where to go on."""

from __future__ import annotations

from html import escape

import streamlit as st

from posture._support.language import printed
from posture._support.texts import filled, page_texts, texts
from posture.app import navigation, tab_photos
from posture.app.norms import page_norms
from posture.app.parts.intake import intake, is_adding, open_or_close, start_over
from posture.app.parts.next_step import next_step
from posture.app.parts.person_form import held_person
from posture.app.parts.sentences import verdict_html
from posture.app.tab_photos import TabPhoto
from posture.history.story import cost_of_fewer
from posture.overlay import numbers
from posture.result import Result
from posture.verdict.stances import load_stances


def first_screen(tab_photo: TabPhoto, summary: Result) -> None:
    """Show it, for the photo that is looked at and the numbers of all photos of its stance."""
    photos = tab_photos.counted_with(tab_photo)
    st.html(verdict_html(summary, photos))
    if summary.slca_deg is not None:
        st.html(_number_html(summary, photos))
        _next_step(tab_photo, summary)


def ways_on(tab_photo: TabPhoto) -> None:
    """Two plain buttons, another reading or the next stance of this one; what a short one costs."""
    text = page_texts()["check"]
    measured = any(one.measured.status == "measured" for one in tab_photos.photos())
    full = len(tab_photos.photos()) >= tab_photos.MAX_PHOTOS
    with st.container(horizontal=True, gap="small"):
        if st.button(text["new_reading"], icon=":material/replay:", key="check.new_reading"):
            start_over()
            st.rerun()
        if not measured or tab_photo.sample:
            return
        st.button(
            text["another_photo"],
            icon=":material/add_a_photo:",
            key="check.another_photo",
            disabled=full,
            help=filled(text["enough_photos"], limit=tab_photos.MAX_PHOTOS) if full else None,
            on_click=open_or_close,
        )
    if is_adding() and not full:
        with st.container(border=True):
            lead = filled(
                text["another_lead"],
                number=tab_photos.stances() + 1,
                whole=load_stances().session.stances,
            )
            st.html(f'<p class="po-quiet">{lead}</p>')
            intake(held_person().subject, add=True)
    else:
        angle = tab_photos.summary_of(tab_photo).slca_deg
        cost = cost_of_fewer(tab_photos.stances(), angle.value, page_norms()) if angle else ""
        st.html(f'<p class="po-quiet">{escape(cost)}</p>')


def _number_html(summary: Result, photos: int) -> str:
    """The curve angle with its ±, and what is usual."""
    text, angle = page_texts()["check"], summary.numbers().slca_deg
    name = text["number"] if photos == 1 else filled(text["number_many"], count=photos)
    sex = summary.subject.sex
    norms = page_norms()
    low, high = (printed(f"{cut:g}") for cut in norms.slca_cuts_deg[sex][:2])
    people = texts()["overlay"]["people"][sex]
    usual = filled(text["number_usual"], people=people, low=low, high=high)
    usual = f"{usual} {numbers.own_norms([norms.version])}".rstrip()
    figure = numbers.degrees(angle)
    return (
        f'<p class="po-number"><b>{figure.value} <small>{figure.spread}</small></b> '
        f"<span>{escape(name)}</span></p>"
        f'<p class="po-quiet">{escape(usual)}</p>'
    )


def _next_step(tab_photo: TabPhoto, summary: Result) -> None:
    text = page_texts()["check"]
    together, alone = tab_photos.joint_findings(tab_photo), tab_photo.result.findings
    stances, more = tab_photos.stances(), not tab_photo.sample
    step = next_step(summary, together, alone, stances, more_photos=more)
    because = f"<span>{escape(step.because)}</span>" if step.because else ""
    title = escape(text["next"]["title"])
    st.html(f'<div class="po-next"><b>{title}</b><p>{escape(step.text)}</p>{because}</div>')
    if step.page is not None:
        st.page_link(
            navigation.named_page(step.page),
            label=text[f"to_{step.page}"],
            icon=":material/arrow_forward:",
        )
