"""What a turn did, in a person's own language: read off the timelines before and after it."""
