"""A link as a QR code."""

from __future__ import annotations


def code_picture(link: str) -> str:
    """The code as an SVG picture in a ``data:`` address, dark on white whatever the theme."""
    import segno

    code = segno.make_qr(link, error="m")
    return str(code.svg_data_uri(scale=6, border=4, dark="#000", light="#fff"))
