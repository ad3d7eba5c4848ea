"""The page in the browser.  It uploads, calls `posture` and shows; it measures nothing itself.

server (the process: doors, fonts, headers, errors, warm-up)
└── main (the page's frame) ── views (one page each; not named "pages", which Streamlit would
    │                          take for itself) ── parts (of a page), components (own JavaScript)
    ├── tab_photos (the photos of one tab) ── shared_analyzer (the shared model)
    ├── phone (a server of its own while a code for a phone is shown)
    └── memory (the person's own numbers, kept on this computer)
"""
