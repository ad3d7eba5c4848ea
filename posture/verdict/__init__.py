"""Numbers and a subject come in; bands, hands and wall-test words go out, and the stance."""
