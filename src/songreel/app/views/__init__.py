"""What was heard in a song, in the forms of other programs: a picture, clicks, labels, MIDI."""
