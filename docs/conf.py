"""How Sphinx makes the site (``make docs``): Markdown, docstrings, nothing from elsewhere."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from posture import __version__  # noqa: E402
from tools.site.reference import write_pages  # noqa: E402

write_pages(ROOT / "docs" / "reference")

project = "Posture"
author = "The Posture authors"
project_copyright = author
version = release = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["images/**"]
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
autodoc_typehints = "description"
autodoc_member_order = "bysource"
autodoc_default_options = {"exclude-members": "__init__, __new__"}
napoleon_google_docstring = True
html_theme = "furo"
html_title = f"Posture {version}"
html_copy_source = False
html_show_sourcelink = False
