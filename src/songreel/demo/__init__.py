"""Music that the program makes itself: for the demo, and for tests that must know every beat."""
