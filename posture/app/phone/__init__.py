"""Photos from a phone in the home network: what listens, while a code is shown, and to whom.

`settings` limits and words; `sealed` how a message is encrypted; `session` what one code takes in,
from which phone; `web` and `site` the page on the phone and who may ask for it; `server` the thread
that listens; `address` where; `code` the QR code.  ``web/nacl-fast.js`` is that of tweetnacl 1.0.3,
unchanged.  Only :mod:`posture.app.parts.phone_intake` opens
it, when a person presses the button.
"""
