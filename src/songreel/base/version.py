"""Which Songreel this is."""

VERSION = "0.1.0"
