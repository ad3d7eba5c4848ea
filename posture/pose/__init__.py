"""RGB pixels come in; a pose a person goes out: 33 landmarks and the person mask, in px."""
