"""Files in and out: the only layer that touches libav, and Pillow for photos."""
