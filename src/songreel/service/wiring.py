"""The parts of the service, put together once a process, whether it answers calls or does the work."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from songreel.app.conversation import Understand
from songreel.app.studio import Studio
from songreel.base.settings import Settings
from songreel.service import database, folders, listening, signing, storage, uploads
from songreel.service.accounts import Accounts, Terms
from songreel.service.database import Database
from songreel.service.folders import Folders
from songreel.service.ledger import Ledger, Work
from songreel.service.sessions import Sessions
from songreel.service.signing import Signer
from songreel.service.storage import Storage
from songreel.service.uploads import Uploads


@dataclass(frozen=True, slots=True)
class Service:
    """What every endpoint and every job stands on."""

    settings: Settings
    database: Database
    signer: Signer
    ledger: Ledger
    accounts: Accounts
    folders: Folders
    sessions: Sessions
    storage: Storage
    uploads: Uploads

    def close(self) -> None:
        """Give back what is held."""
        self.uploads.close()
        self.database.close()


def opened(chosen: Settings, understand: Understand) -> Service:
    """Return the service as the settings place it; ``understand`` makes edits of messages.

    Raises what opening the database and the storage and keeping the key raise.
    """
    secret = chosen.secret.get_secret_value() if chosen.secret else None
    signer = Signer(signing.key(chosen.home, secret))
    rows = database.opened(chosen.database())
    ledger = Ledger(rows, _prices(chosen))
    kept = storage.at(chosen.storage_url, home=chosen.home)
    taking = uploads.opened(chosen, kept)
    studio = partial(Studio, senses=listening.senses(taking.quarantine))
    projects = folders.of(chosen, (rows, kept))
    return Service(
        settings=chosen,
        database=rows,
        signer=signer,
        ledger=ledger,
        accounts=Accounts(rows, ledger, signer, _terms(chosen)),
        folders=projects,
        sessions=Sessions(rows, projects, understand, studio),
        storage=kept,
        uploads=taking,
    )


def _prices(chosen: Settings) -> dict[Work, int] | None:
    if not chosen.metering:
        return None
    return {"generation": chosen.price_generation, "edit": chosen.price_edit, "export": chosen.price_export}


def _terms(chosen: Settings) -> Terms:
    return Terms(
        days=chosen.token_days,
        per_client=chosen.tokens_per_client,
        per_address=chosen.tokens_per_address,
        window_days=chosen.token_window_days,
        claim_s=chosen.claim_s,
        plans=chosen.plans,
    )
