"""Songreel: a song and a sentence become a finished, beat-synced music video."""

__version__ = "0.1.0"
