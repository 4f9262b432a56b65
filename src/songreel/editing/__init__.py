"""Pure functions on timelines: what is allowed, how it is changed, how it is told."""
