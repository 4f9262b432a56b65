"""How every property test of this repository draws its examples, and how its processes may be stopped."""

import signal

from hypothesis import settings

# The gate must say the same of the same commit, so it draws the same examples each time;
# `make explore` draws others, to find what these do not.
settings.register_profile("gate", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", max_examples=300, deadline=None, print_blob=True)
settings.load_profile("gate")

# A shell starts what runs in its background deaf to Ctrl-C, and children inherit that:
# those that tests stop by it have to hear it wherever the tests run.
signal.signal(signal.SIGINT, signal.default_int_handler)
