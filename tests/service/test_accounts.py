"""Tokens: what each may do, for how long, how many there are, and that nobody can read them in the rows."""

import threading

import pytest
from sqlalchemy import text

from songreel.base.errors import BadRequest, TooOften
from songreel.base.settings import Plan
from songreel.service.accounts import DAY_S, SCOPES, Accounts, Terms
from songreel.service.folders import Own
from songreel.service.ledger import Ledger
from songreel.service.sessions import Sessions
from songreel.service.signing import Signer

START = 1_800_000_000


class Clock:
    now = START

    def __call__(self):
        return float(self.now)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def ledger(kept):
    return Ledger(kept)


@pytest.fixture
def accounts(kept, ledger, clock):
    plans = {"anonymous": Plan(), "member": Plan(credits=7), "viewer": Plan(export=False)}
    return Accounts(kept, ledger, Signer(b"key"), Terms(plans=plans), now=clock)


@pytest.fixture
def sessions(kept, tmp_path):
    return Sessions(kept, Own(tmp_path / "home"), lambda *_: None)


def test_a_token_holds_for_seven_days_and_is_renewed_for_the_same_user(accounts, ledger, clock):
    first = accounts.anonymous("client", "198.51.100.7")
    assert first.secret.startswith("nmv_usr_")
    assert len(first.secret) == len("nmv_usr_") + 43
    assert accounts.caller(first.secret).user == first.user
    assert accounts.caller(first.secret).scopes == set(SCOPES)
    ledger.freeze(first.user, "job", 30)
    ledger.settle("job")
    clock.now = first.expires_at - 1
    with pytest.raises(TooOften) as caught:
        accounts.anonymous("client", "198.51.100.7")
    assert caught.value.retry_after_s == 1
    clock.now = first.expires_at
    assert first.expires_at == START + 7 * DAY_S
    assert accounts.caller(first.secret) is None
    again = accounts.anonymous("client", "198.51.100.7")
    assert again.user == first.user
    assert again.secret != first.secret
    assert ledger.balance(first.user).total == 70


def test_an_address_brings_ten_new_clients_in_seven_days(accounts, clock):
    for number in range(10):
        accounts.anonymous(f"client-{number}", "198.51.100.7")
    with pytest.raises(TooOften) as caught:
        accounts.anonymous("one too many", "198.51.100.7")
    assert caught.value.retry_after_s == 7 * DAY_S
    accounts.anonymous("one too many", "198.51.100.8")
    clock.now += 7 * DAY_S
    for number in range(5):
        accounts.anonymous(f"client-{number}", "198.51.100.7")
    for number in range(10):
        accounts.anonymous(f"newcomer-{number}", "198.51.100.7")
    accounts.anonymous("client-9", "198.51.100.7")


def test_calls_at_once_get_one_token_for_a_client(accounts):
    gate, given, refused = threading.Barrier(5), [], []

    def ask():
        gate.wait(timeout=60)
        try:
            given.append(accounts.anonymous("client", "198.51.100.7"))
        except TooOften as error:
            refused.append(error)

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert (len(given), len(refused)) == (1, 4)


def test_nobody_can_read_a_token_a_claim_or_an_address_in_the_rows(accounts, sessions, kept):
    token = accounts.anonymous("a-client-id", "198.51.100.7")
    claim = accounts.claim(sessions.open(token.user, "project", "en").id)
    rows = ""
    with kept.reading() as session:
        for table in ("users", "tokens", "claims", "sessions", "postings"):
            rows += repr(session.execute(text(f"SELECT * FROM {table}")).all())
    for secret in (token.secret, token.secret[8:], claim, claim[4:], "198.51.100.7", "a-client-id"):
        assert secret not in rows


def test_what_holds_no_longer_is_forgotten_when_its_owner_comes_back(accounts, sessions, kept, clock):
    token = accounts.anonymous("client", "198.51.100.7")
    session = sessions.open(token.user, "project", "en")
    accounts.claim(session.id)
    clock.now += 7 * DAY_S
    renewed = accounts.anonymous("client", "198.51.100.7")
    accounts.claim(session.id)
    assert [each.id for each in accounts.tokens(anonymous=True)] == [renewed.id]
    assert accounts.tokens(anonymous=False) == []
    with kept.reading() as transaction:
        assert transaction.execute(text("SELECT count(*) FROM claims")).scalar() == 1


def test_an_operator_makes_lists_and_ends_tokens(accounts, ledger, clock):
    made = accounts.create("laptop", days=2, scopes=("read",), plan="member")
    assert accounts.caller(made.secret).scopes == {"read"}
    assert ledger.balance(made.user).total == 7
    beside = accounts.create("phone", days=90, scopes=("read", "write"), plan="member", user=made.user)
    assert beside.user == made.user
    assert ledger.balance(made.user).total == 7
    assert {(each.name, each.user, each.scopes) for each in accounts.tokens(anonymous=True)} == {
        ("laptop", made.user, ("read",)),
        ("phone", made.user, ("read", "write")),
    }
    accounts.revoke(made.id)
    accounts.revoke(made.id)
    assert accounts.caller(made.secret) is None
    assert accounts.caller(beside.secret) is not None
    clock.now += 90 * DAY_S
    assert accounts.caller(beside.secret) is None


def test_what_an_operator_gets_wrong_is_told(accounts):
    with pytest.raises(BadRequest, match="plan"):
        accounts.create("x", days=1, scopes=("read",), plan="golden")
    with pytest.raises(BadRequest, match="user"):
        accounts.create("x", days=1, scopes=("read",), plan="member", user="user_nobody")
    with pytest.raises(BadRequest, match="token"):
        accounts.revoke("tok_nothing")


def test_a_revoked_client_gets_no_other_token_while_that_one_would_hold(accounts):
    token = accounts.anonymous("client", "198.51.100.7")
    accounts.revoke(token.id)
    with pytest.raises(TooOften):
        accounts.anonymous("client", "198.51.100.7")


def test_a_claim_opens_one_session_for_its_time(accounts, sessions, clock):
    token = accounts.anonymous("client", "198.51.100.7")
    session = sessions.open(token.user, "project", "en")
    secret = accounts.claim(session.id)
    caller = accounts.caller(secret)
    assert (caller.user, caller.session, caller.scopes) == (token.user, session.id, {"read"})
    clock.now += 604_800
    assert accounts.caller(secret) is None
    assert accounts.caller("clm_guessed") is None


def test_a_plan_says_whether_files_may_be_had(accounts):
    for plan, may in (("viewer", False), ("member", True)):
        made = accounts.create("x", days=1, scopes=("write",), plan=plan)
        assert accounts.may_export(accounts.caller(made.secret)) is may


def test_another_users_session_is_not_there(accounts, sessions):
    one, other = (accounts.anonymous(name, "198.51.100.7").user for name in ("one", "other"))
    session = sessions.open(one, "夜航", "zh")
    assert sessions.find(session.id, one) == session
    assert sessions.find(session.id, other) is None
    assert sessions.of(one) == [session]
    assert sessions.of(other) == []
    for guess in ("", "1" * 19, "../" + session.id, session.id + "\n", "１" * 19):
        assert sessions.find(guess, one) is None
    assert session.id.isdigit()
    assert len(session.id) == 19


def test_one_changes_a_session_at_a_time(accounts, sessions):
    session = sessions.open(accounts.anonymous("client", "198.51.100.7").user, "project", "en")
    seen, inside = [], []

    def counted():
        inside.append(1)
        seen.append(len(inside))
        inside.pop()
        yield from ()

    threads = [threading.Thread(target=lambda: sessions.take(session, counted())) for _ in range(8)]

    def first():
        for thread in threads:
            thread.start()
        assert seen == []
        yield from ()

    sessions.take(session, first())
    for thread in threads:
        thread.join(timeout=60)
    assert seen == [1] * 8
