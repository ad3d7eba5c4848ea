"""The documents as a site: ``python -m tools.site``, or ``make docs``, writes it to ``site/``.

Pages that follow from the program (commands, data, the Python names) are made by `reference` while
Sphinx starts (docs/conf.py); the others are docs/*.md, README and CONTRIBUTING.
"""
