"""Measurements, each made by starting the real program: `make bench`, `make eval-hearing`."""
