"""Single shots that are told by a moment: the one that is on at 0:12, the one before the chorus."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from songreel.director.understanding.moments import Moment, Moments
from songreel.director.understanding.parts import Read
from songreel.director.understanding.places import Place

_SHOT_WORDS = ("shot", "picture", "image", "镜头")
_JUST_S = Fraction(1, 20)


class MomentShots(Moments):
    """Reads shots that are told by a moment where they stand in a row of items."""

    def shot_there(self, at: int) -> Read | None:
        """Read ``the shot at 0:12``, ``the shot before the chorus``: the one that is on then, or right before."""
        pointed = self.said(at - 1, "the", "that", "this") or self.is_(at - 1, "act", "remove", "part", "trim")
        if not pointed or not self.said(at, *_SHOT_WORDS) or not self.is_(at, "topic", "shots"):
            return None
        lead = self.over(at + 1)
        lead += 1 if self.is_(lead + 1, "word", "before", "after") and not self.is_(lead, "word", "before") else 0
        if not self.is_(lead, "word", "at", "before", "after", "in"):
            return None
        one = self.moment(self.over(lead + 1), bare=False)
        if one is None or one.missing:
            return None
        if self.is_(lead, "word", "after") and one.ends is not None:
            one = replace(one, at=one.ends)
        found = self._shot_then(one, before=self.is_(lead, "word", "before"))
        return (found, one.next) if found else None

    def that_shot(self, at: int) -> Read | None:
        """Read ``副歌之前的那个镜头``, ``0:12那个镜头``: the moment stands first."""
        one = self.moment(at, bare=False) if not self.is_(at, "word", "begin", "finish", "first", "last") else None
        if one is None or one.missing:
            return None
        end, before = one.next, self.is_(one.next, "word", "before")
        end += 1 if before else 0
        pointed = False
        while end < len(self.items) and (self.is_(end, "word", "of", "mark") or self.is_(end, "reference", "it")):
            pointed = pointed or self.is_(end, "reference", "it")
            end += 1
        if not pointed or not self.wide(end - 1) or not self._a_shot(end):
            return None
        found = self._shot_then(one, before=before)
        return (found, end + 1) if found else None

    def _shot_then(self, one: Moment, *, before: bool) -> Place | None:
        """Return the shot that begins or is on at a moment, or the one right before it."""
        at, seconds = self.video(one) - (_JUST_S if before else -_JUST_S), self.stage.seconds
        found = next((clip for clip in self.stage.shots if seconds(clip.start) <= at < seconds(clip.end)), None)
        return Place(((seconds(found.start), seconds(found.end)),), clips=(found.id,)) if found else None
