"""One file for each step; each names the one before it, and there is one line of them."""
