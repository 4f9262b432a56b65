"""From words and a song to a timeline: what was meant, how it looks, where it cuts, what it shows."""
