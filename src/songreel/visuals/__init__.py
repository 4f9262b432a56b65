"""What can be drawn: scenes, effects, transitions, visualizers, words."""
