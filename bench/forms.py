"""Forms of made songs, as a band would write them on a sheet: what each section is, and who plays in it.

A row is ``label id bars layer layer…``; `arranging` says what each layer plays. Sections of one id repeat each other.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    """A song's form; ``rows`` as above, ``swing`` 0…1, ``minor`` the mode of ``tonic`` (a MIDI pitch)."""

    bpm: float
    rows: str
    seed: int
    swing: float = 0.0
    tonic: int = 48
    minor: bool = True


HOUSE = """
intro A 16 kick hats
intro A2 8 kick hats clap pad arp p1
breakdown B 8 pad arp lead:a p1
build C 8 pad bright arp lead:a roll riser p1
drop D 16 crash kick hats clap open bass8 stabs lead:B p2 fill
verse E 8 kick hats clap bassroot pad p1
breakdown B 8 pad arp lead:a p1
build C 8 pad bright arp lead:a roll riser p1 stop
drop D 16 crash kick hats clap open bass8 stabs arp lead:B p2
outro A 8 kick hats
"""

DUBSTEP = """
intro A 8 pad lead:a p1
build C 8 pad lead:a roll riser p1 stop
drop D 16 crash half hats wobble stabs p2 hole fill
breakdown B 8 pad sing:a p1
build C 4 pad roll riser p1
drop D 16 crash half hats wobble stabs lead:B p2 hole
outro A 4 pad p1
"""

ROCK = """
intro I 4 rock hats guitar p1
verse A 8 rock hats bassroot clean sing:a p1
pre-chorus P 4 rock hats bass8 clean sing:b p3 fill
chorus B 8 crash rock open bass8 guitar sing:C p2
verse A 8 rock hats bassroot clean sing:a p1
pre-chorus P 4 rock hats bass8 clean sing:b p3 fill
chorus B 8 crash rock open bass8 guitar sing:C p2 pickup
bridge D 8 half hats bassroot pad sing:d p4
solo S 8 crash rock open bass8 guitar lead:E p1 fill
chorus B 8 crash rock open bass8 guitar sing:C p2
chorus B 8 crash rock open bass8 guitar sing:C p2
outro I 4 rock hats guitar p1
"""

# the chorus has the verse's drums and nearly its level: only chords, tune and words tell it
FOLK = """
intro I 4 clean p1
verse A 8 rock hats bassroot clean sing:a p1
verse A 8 rock hats bassroot clean sing:a p1
chorus B 8 rock hats bassroot clean sing:C p2
verse A 8 rock hats bassroot clean sing:a p1
chorus B 8 rock hats bassroot clean sing:C p2 fill
bridge D 8 hats bassroot clean sing:d p4
chorus B 8 rock hats bassroot clean sing:C p2
outro I 4 clean p1
"""

BALLAD = """
intro I 4 piano p1 f0.6
verse A 8 piano sing:a p1 f0.6
verse A 8 piano pad sing:a p1 f0.7
chorus B 8 half hats bassroot piano pad sing:C p2
verse A 8 half hats bassroot piano sing:a p1 f0.8
chorus B 8 half hats bassroot piano pad sing:C p2 fill
bridge D 6 piano pad sing:d p4 f0.7
chorus B 8 crash half open bass8 piano bright sing:C p2 k2
outro I 4 piano p1 f0.5
"""

# one loop under all: drums drop out, the hook is doubled
HIPHOP = """
intro I 4 piano p1
verse A 16 trap hats sub808 piano rap:a p1
chorus B 8 trap hats sub808 piano pad sing:C p1
verse A 16 trap hats sub808 piano rap:a p1
chorus B 8 trap hats sub808 piano pad sing:C p1
breakdown D 4 piano rap:a p1
chorus B 8 trap hats sub808 piano pad sing:C p1
outro I 4 piano p1
"""

POP = """
intro I 4 kick pad sing:C p2 f0.7
verse A 8 kick clap bassroot stabs sing:a p1
pre-chorus P 8 hats bassroot pad sing:b p3 riser
chorus B 16 crash kick clap open bass8 bright stabs sing:C p2 hole
verse A 8 kick clap bassroot stabs sing:a p1
pre-chorus P 8 hats bassroot pad sing:b p3 riser stop
chorus B 16 crash kick clap open bass8 bright stabs sing:C p2 hole
bridge D 8 pad sing:d p4 f0.8
chorus B 16 crash kick clap open bass8 bright stabs arp sing:C p2
"""

# odd lengths, and tunes that begin before the bar
PUNK = """
intro I 5 rock open bass8 guitar p1
verse A 7 rock hats bass8 guitar sing:a p1 pickup
chorus B 9 crash rock open bass8 guitar sing:C p2 pickup fill
verse A 7 rock hats bass8 guitar sing:a p1 pickup
chorus B 9 crash rock open bass8 guitar sing:C p2 pickup
solo S 10 rock open bass8 guitar lead:E p4
verse A 7 half hats bass8 guitar sing:a p1 pickup
chorus B 9 crash rock open bass8 guitar sing:C p2 pickup
chorus B 9 crash rock open bass8 guitar sing:C p2 pickup
outro I 3 rock open bass8 guitar p1
"""

METAL = """
intro I 8 guitar p1
verse A 12 double hats bass8 guitar rap:a p1
chorus B 8 crash rock open bass8 guitar sing:C p2
verse A 12 double hats bass8 guitar rap:a p1
chorus B 8 crash rock open bass8 guitar sing:C p2
breakdown D 8 half open bassroot guitar p4
solo S 16 double hats bass8 guitar lead:E p3
chorus B 8 crash rock open bass8 guitar sing:C p2
outro I 8 half open guitar p1
"""

TRANCE = """
intro A 16 kick hats bass8
verse E 16 kick hats open clap bass8 arp p1
breakdown B 16 pad lead:a p1
build C 8 pad arp lead:a roll riser p1
drop D 32 crash kick hats clap open bass8 bright arp lead:B p1
verse E 16 kick hats open clap bass8 p1
outro A 8 kick hats
"""

SOUL = """
intro I 4 back hats bassroot piano p1
verse A 8 back hats bassroot piano sing:a p1
chorus B 8 back hats bassroot piano bright sing:C p2 fill
verse A 8 back hats bassroot piano sing:a p1
chorus B 8 back hats bassroot piano bright sing:C p2
solo S 8 back hats bassroot piano lead:E p1
bridge D 4 hats bassroot piano sing:d p3
chorus B 8 back hats bassroot piano bright sing:C p2 k1
chorus B 8 back hats bassroot piano bright sing:C p2 k1
"""

SHEETS = {
    "house": Sheet(126, HOUSE, 1),
    "dubstep": Sheet(140, DUBSTEP, 2, tonic=45),
    "rock": Sheet(132, ROCK, 3, minor=False),
    "folk": Sheet(96, FOLK, 4, minor=False, tonic=50),
    "ballad": Sheet(72, BALLAD, 5, minor=False, tonic=53),
    "hip-hop": Sheet(88, HIPHOP, 6, swing=0.4, tonic=46),
    "pop": Sheet(118, POP, 7, tonic=51),
    "punk": Sheet(176, PUNK, 8, minor=False, tonic=52),
    "metal": Sheet(165, METAL, 9, tonic=40),
    "trance": Sheet(138, TRANCE, 10, tonic=54),
    "soul": Sheet(104, SOUL, 11, swing=0.7, minor=False, tonic=49),
}
