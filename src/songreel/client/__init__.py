"""A client of any service that speaks the skills' protocol; it stands apart from the rest and uses ``base`` alone.

`Client` is the protocol in types; `Conversation` does with a line what the published skills describe; `Blocking` calls
either from code that is not asynchronous.
"""

from songreel.client.answers import Credits, FileInfo, Opened, Render, SongVideo, State
from songreel.client.blocking import Blocking
from songreel.client.conversation import Conversation, Said
from songreel.client.draft import changes, summary
from songreel.client.exporting import Pace
from songreel.client.identity import Identity
from songreel.client.service import Client
from songreel.client.sse import Decoder, Event
from songreel.client.wire import Service, Skill

__all__ = [
    "Blocking",
    "Client",
    "Conversation",
    "Credits",
    "Decoder",
    "Event",
    "FileInfo",
    "Identity",
    "Opened",
    "Pace",
    "Render",
    "Said",
    "Service",
    "Skill",
    "SongVideo",
    "State",
    "changes",
    "summary",
]
