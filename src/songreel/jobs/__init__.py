"""Work in other processes: a small pool whose workers can be killed without losing anything."""
