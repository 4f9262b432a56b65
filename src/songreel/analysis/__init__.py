"""What a song is made of, heard from its sound alone: beats, bars, sections, loudness, envelopes, key, mood."""
