"""Where photos come from: a file, a phone, the camera, or a sample."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import streamlit as st

from posture._support.distribution import shipped
from posture._support.texts import filled, page_texts
from posture.app import tab_photos
from posture.app.parts import phone_intake
from posture.photo.find import PHOTO_ENDINGS
from posture.subject import Sex, Subject
from posture.verdict.stances import load_stances

TYPES = sorted(ending.removeprefix(".") for ending in PHOTO_ENDINGS)
SAMPLE_TYPES = {".jpg", ".jpeg", ".png", ".webp", ".heic"}
TILE_PX = 148
# These stand for all of them until somebody asks for more: every band, and a refusal.
FIRST_SAMPLES = (
    "09-woman-typical",
    "02-man-flat",
    "11-woman-borderline",
    "12-woman-deep",
    "19-refused-front-view",
)
_GENERATION, _ADDING, _ALL_SAMPLES = "intake.generation", "intake.adding", "intake.all_samples"
_WAY = "intake.last_way"


def intake(subject: Subject, *, add: bool = False) -> None:
    """Show the ways in; what comes through them is measured at once.

    Args:
        subject: the person in the photos.
        add: whether they are further stances of the session that is there, instead of a new one.
    """
    ways = ("upload", "phone", "camera", *(("samples",) if samples() and not add else ()))
    way = ways_in(
        ways,
        room=_room(add=add),
        take=lambda files: measure(files, subject, add=add),
        keep_way=add,
    )
    if way == "samples":
        _samples(subject)


def ways_in(
    ways: Sequence[str],
    *,
    room: int,
    take: Callable[[list[tuple[str, bytes]]], None],
    keep_way: bool,
) -> str:
    """Show the ways in, and give what comes through them to `take`; the way that is chosen.

    Args:
        ways: by name.
        room: how many photos a phone may send.
        take: gets names and contents of photos that are new; it draws the page anew.
        keep_way: whether to begin with the way by which the photo before came.
    """
    text = page_texts()["check"]
    way = st.segmented_control(
        text["source"],
        ways,
        default=_usual_way(ways) if keep_way else "upload",
        format_func=lambda name: text["sources"][name],
        required=True,
        label_visibility="collapsed",
        wrap=True,
        key=f"intake.way.{_generation()}",
    )
    st.session_state[_WAY] = way
    if way != "phone":
        phone_intake.put_away()
    if way == "phone":
        files = phone_intake.photos(room)
        if files:
            take(files)
    elif way == "camera":
        taken = camera()
        if taken is not None:
            take([taken])
    elif way == "upload":
        _upload(take)
    return way


def measure(
    files: list[tuple[str, bytes]], subject: Subject, *, sample: bool = False, add: bool = False
) -> None:
    """Take the files in, and draw the page anew."""
    take_in(files, subject, sample=sample, add=add)
    st.rerun()


def take_in(
    files: list[tuple[str, bytes]], subject: Subject, *, sample: bool = False, add: bool = False
) -> None:
    """Measure the files, one after the other, and say so meanwhile."""
    text = page_texts()["check"]
    new = len(tab_photos.new_files(files, add=add))
    count = min(new, _room(add=add))
    if new > count:
        st.toast(filled(text["too_many"], limit=tab_photos.MAX_PHOTOS))
    bar = st.empty()

    def tell(done: int) -> None:
        bar.progress(done / count, filled(text["measuring"], number=done + 1, count=count))

    tab_photos.take(files, subject, tell, sample=sample, add=add)
    # Once begun, the page asks for stance after stance until the session is whole.
    st.session_state[_ADDING] = add and tab_photos.stances() < load_stances().session.stances
    fresh_fields()


def _room(*, add: bool) -> int:
    """How many photos still make one reading."""
    return tab_photos.MAX_PHOTOS - (len(tab_photos.photos()) if add else 0)


def start_over() -> None:
    """Drop the photos, and the files in the uploader and the camera with them."""
    tab_photos.clear()
    st.session_state[_ADDING] = False
    fresh_fields()


def is_adding() -> bool:
    """Whether the next stance is being asked for."""
    return bool(st.session_state.get(_ADDING, False))


def open_or_close() -> None:
    """Ask for the next stance, or no longer."""
    st.session_state[_ADDING] = not is_adding()
    fresh_fields()


def _usual_way(ways: Sequence[str]) -> str:
    """The way by which the stance before came."""
    way = str(st.session_state.get(_WAY, "upload"))
    return way if way in ways else "upload"


@cache
def samples() -> tuple[Path, ...]:
    """The sample pictures that come with the program."""
    folder = shipped("sample_images")
    if folder is None:
        return ()
    return tuple(sorted(p for p in folder.iterdir() if p.suffix.lower() in SAMPLE_TYPES))


def sample_person(path: Path) -> Subject | None:
    """The rendered person's own height and sex, from the table beside the samples."""
    table = path.with_name("truth.csv")
    if not table.is_file():
        return None
    with table.open(encoding="utf-8", newline="") as file:
        row = next((row for row in csv.DictReader(file) if row["file"] == path.name), None)
    if row is None or row["sex"] not in ("m", "f"):
        return None
    sex: Sex = "m" if row["sex"] == "m" else "f"
    return Subject(stature_mm=float(row["stature_mm"]), sex=sex)


def _title(path: Path) -> str:
    """What the sample shows; the file's name where nobody has said it."""
    return str(page_texts()["check"]["sample"].get(path.stem, path.stem))


def _generation() -> int:
    return int(st.session_state.get(_GENERATION, 0))


def fresh_fields() -> None:
    """Give the uploader, the camera and the choice between them a fresh start."""
    st.session_state[_GENERATION] = _generation() + 1


def _upload(take: Callable[[list[tuple[str, bytes]]], None]) -> None:
    text = page_texts()["check"]
    files = st.file_uploader(
        text["upload"],
        TYPES,
        accept_multiple_files=True,
        help=text["upload_help"],
        key=f"intake.files.{_generation()}",
    )
    if _is_new("files", tuple(file.file_id for file in files)):
        take([(file.name, file.getvalue()) for file in files])


def camera() -> tuple[str, bytes] | None:
    """Show the browser's own camera field; name and content of a photo that is new."""
    text = page_texts()["check"]
    taken = st.camera_input(
        text["camera"],
        help=text["camera_help"],
        resolution="1080p",
        key=f"intake.camera.{_generation()}",
    )
    if taken is not None and _is_new("camera", (taken.file_id,)):
        return taken.name, taken.getvalue()
    return None


def _samples(subject: Subject) -> None:
    text = page_texts()["check"]
    st.html(f'<p class="po-quiet">{text["samples_lead"]}</p>')
    first = [path for name in FIRST_SAMPLES for path in samples() if path.stem == name]
    shown = samples() if st.session_state.get(_ALL_SAMPLES, False) else first
    with st.container(horizontal=True, gap="small"):
        for path in shown:
            _sample(path, subject)
    if len(shown) < len(samples()):
        st.button(
            filled(text["samples_all"], count=len(samples())),
            key="intake.samples_all",
            on_click=st.session_state.update,
            args=({_ALL_SAMPLES: True},),
        )


def _sample(path: Path, subject: Subject) -> None:
    """One sample: its picture, and a button to measure it."""
    with st.container(width=TILE_PX):
        title = _title(path)
        st.image(_thumbnail(path), width="stretch", alt=title)
        if st.button(title, key=f"sample.{path.stem}", width="stretch", wrap=True):
            measure([(path.name, path.read_bytes())], sample_person(path) or subject, sample=True)


def _is_new(name: str, ids: tuple[str, ...]) -> bool:
    """Whether these files were not measured yet in this tab."""
    key = f"intake.seen.{name}"
    if not ids or st.session_state.get(key) == ids:
        return False
    st.session_state[key] = ids
    return True


@st.cache_data(show_spinner=False)
def _thumbnail(path: Path) -> bytes:
    from posture.overlay import encode_image
    from posture.overlay.shown import shrunk_photo
    from posture.photo.decode import Photo, load_photo

    photo = load_photo(path)
    assert isinstance(photo, Photo), "a sample picture is a photo"
    return encode_image(shrunk_photo(photo, 420)[0].rgb, "jpeg", 82)
