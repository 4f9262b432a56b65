"""A timeline as the draft of the wire protocol: tracks ``t``, segments ``sg``, ``s`` and ``d`` in ms, the rest ``m``.

Which keys there are, and what they mean, is the protocol's. `writing` makes drafts of timelines, `reading` timelines of
drafts; the one undoes the other without loss. Where a draft rounds (milliseconds, frames a second), the exact number
stands beside it under a key of ours (``at``, ``rate``), and counts as long as it agrees with the rounded one.
"""

from songreel.server.draft.reading import Read, read
from songreel.server.draft.writing import canvas, grade, of

__all__ = ["Read", "canvas", "grade", "of", "read"]
