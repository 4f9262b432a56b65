"""From words to edits: what a person says about the video that is there, in any of the languages of the lexicon.

A message becomes items (`items`), places in time are put together (`when`), and each clause (`clauses`) is offered to
one intent after another (`intents`), each of which takes what it understands and leaves the rest. No language model is
asked.
"""

from songreel.director.understanding.understand import understand

__all__ = ["understand"]
