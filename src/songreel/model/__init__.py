"""The documents: frozen, versioned, JSON. Between them there are only pure functions."""
