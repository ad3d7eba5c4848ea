"""``posture export`` and ``posture schema --dictionary``: results in other programs' words."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Literal

from posture._support.files import read_document, require_free, write_atomically
from posture.cli.inputs import require_local, tell
from posture.errors import InvalidInput

MAX_BYTES = 1_000_000_000
DictionaryForm = Literal["csv", "json", "redcap"]


def dictionary_text(form: DictionaryForm) -> str:
    """The data dictionary as it is printed."""
    from posture.interchange.dictionary import dictionary_csv, dictionary_json
    from posture.interchange.redcap import redcap_dictionary

    return {"csv": dictionary_csv, "json": dictionary_json, "redcap": redcap_dictionary}[form]()


def run(options: argparse.Namespace) -> int:
    """Do what `options` ask for.

    Raises:
        PostureError: when the file is not what that form is made of, or cannot be written.
    """
    require_local([str(options.file)])
    if options.out is not None:
        require_free([options.out], replace=options.overwrite, inputs=[options.file])
    text = _text(options.file)
    made = _fhir(text, options) if options.form == "fhir" else _redcap(text, options)
    if options.out is None:
        print(made, end="")
    else:
        write_atomically(options.out, made.encode(), replace=options.overwrite)
    return 0


def _fhir(text: str, options: argparse.Namespace) -> str:
    from posture.interchange.fhir import bundle_json, date_time, observed

    taken = None if options.taken is None else date_time(options.taken)
    return bundle_json(observed(text, options.subject, taken))


def _redcap(text: str, options: argparse.Namespace) -> str:
    from posture.interchange.redcap import redcap_import

    if options.subject is not None or options.taken is not None:
        raise InvalidInput("--subject and --taken are for fhir.", "Leave them out.")
    made = redcap_import(text)
    if made.left_out:
        tell(f"Left out, for REDCap's dictionary has no such fields: {', '.join(made.left_out)}.")
    return made.table


def _text(file: Path) -> str:
    try:
        return read_document(file, MAX_BYTES).decode("utf-8-sig")
    except OSError as error:
        raise InvalidInput(
            f"{file} cannot be read: {error.strerror or error}.", "Check the path."
        ) from error
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{file} is no text.", "See posture export --help.") from error
