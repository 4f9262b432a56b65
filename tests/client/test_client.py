"""The calls, and what each code of the protocol asks of a client before anybody hears of it."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr
from tests.client import warp
from tests.client.fake import HEADERS, VIDEO

from songreel.base.errors import BadRequest, CallRefused, CannotWrite, NoAnswer
from songreel.client import Blocking, Client, Identity
from songreel.client.answers import Token


def does(client, work):
    async def in_it():
        async with client:
            return await work(client)

    return warp.run(in_it())


def tokens_asked(fake):
    return len(fake.asked("anonymous-token"))


def test_one_token_is_asked_for_and_kept_for_the_next_time(connect, fake, identity):
    does(connect(), lambda client: client.credits())
    does(connect(), lambda client: client.credits())
    assert tokens_asked(fake) == 1
    assert {call.headers["x-client-id"] for call in fake.asked("anonymous-token")} == {identity.client_id()}
    kept = identity.folder / "tokens.json"
    assert kept.stat().st_mode & 0o077 == 0


def test_every_call_carries_the_token_and_the_three_headers(connect, fake, tmp_path):
    (tmp_path / "song.mp3").write_bytes(b"x" * 300_000)

    async def all_calls(client):
        session = (await client.open_session()).session_id
        await client.upload(session, [tmp_path / "song.mp3"])
        await client.upload_urls(session, ["https://x.example/song.mp3"])
        [event async for event in client.say(session, "make a video")]
        state = await client.state(session)
        render = await client.export(session, render="r1", draft=state.draft)
        await client.render(render.id)
        await client.cancel(render.id)
        return await client.credits()

    balance, _ = does(connect(), all_calls)
    assert (balance.available, balance.frozen, balance.total) == (70, 30, 100)
    assert b"x" * 300_000 in fake.uploads[0]
    for call in fake.calls:
        assert all(call.headers.get(name) for name in HEADERS)
        assert ("authorization" in call.headers) != call.path.endswith("anonymous-token")


@pytest.mark.parametrize("kept", [True, False])
def test_a_token_that_is_not_accepted_is_renewed_once_with_the_same_client_id(connect, fake, identity, kept):
    old = SecretStr("nmv_usr_expired")
    if kept:
        identity.keep("https://api.example", Token(token=old, expires_at=""))
    client = connect() if kept else connect(token=old)
    does(client, lambda client: client.credits())
    assert tokens_asked(fake) == 1
    fake.refuse("/balance", 1001, 401, times=2)
    with pytest.raises(CallRefused, match="token") as caught:
        does(connect(), lambda client: client.credits())
    assert caught.value.code == 1001


def test_a_token_that_has_expired_is_not_tried(connect, fake, tmp_path):
    identity = Identity(tmp_path, now=lambda: datetime.now(UTC) + timedelta(days=8))
    token = Token(token=SecretStr("nmv_usr_old"), expires_at=datetime.now(UTC).isoformat())
    identity.keep("https://api.example", token)
    does(connect(identity=identity), lambda client: client.credits())
    assert "nmv_usr_old" not in " ".join(call.headers.get("authorization", "") for call in fake.calls)


def test_a_client_id_that_is_not_taken_is_made_anew(connect, fake, identity):
    first = identity.client_id()
    fake.refuse("anonymous-token", 400, 400)
    does(connect(), lambda client: client.credits())
    assert identity.client_id() != first


@pytest.mark.parametrize(("retry_after", "waited"), [(None, 30), ("7", 7)])
def test_too_many_calls_wait_once(connect, fake, retry_after, waited):
    fake.refuse("/balance", 429, 429, headers={"Retry-After": retry_after} if retry_after else {})
    _, passed = does(connect(), lambda client: client.credits())
    assert passed == pytest.approx(waited)
    assert len(fake.asked("/balance")) == 2


def test_too_many_calls_a_second_time_are_told(connect, fake):
    fake.refuse("/balance", 429, 429, times=5)
    with pytest.raises(CallRefused) as caught:
        does(connect(), lambda client: client.credits())
    assert caught.value.code == 429
    assert len(fake.asked("/balance")) == 2


def test_nobody_waits_for_a_week(connect, fake):
    fake.refuse("anonymous-token", 429, 429, headers={"Retry-After": "500000"})
    with pytest.raises(CallRefused) as caught:
        does(connect(), lambda client: client.credits())
    assert caught.value.data["retry_after"] == "500000"
    assert len(fake.calls) == 1


@pytest.mark.parametrize(
    ("status", "code"), [(401, 1001), (404, 1002), (403, 2001), (415, 4001), (413, 4002), (402, 402)]
)
def test_a_code_can_be_read_off_the_status_alone(connect, fake, status, code):
    fake.refuse("/balance", None, status, times=2)
    with pytest.raises(CallRefused) as caught:
        does(connect(), lambda client: client.credits())
    assert caught.value.code == code


def test_a_token_shows_nowhere(connect, fake, caplog, capsys):
    caplog.set_level(logging.DEBUG)
    secret = "nmv_usr_" + "s3cret" * 7
    client = connect(token=SecretStr(secret))
    fake.tokens["other"] = client.wire.identity.client_id()
    with pytest.raises(CallRefused) as caught:
        does(client, lambda client: client.credits())
    shown = [repr(client), repr(client.wire), repr(vars(client.wire)), str(caught.value), repr(caught.value)]
    shown += [repr(vars(caught.value)), caplog.text, *capsys.readouterr()]
    assert not [text for text in shown if secret in text]
    with pytest.raises(BadRequest) as refused:
        connect(token=SecretStr(secret + "\n\r x"))
    assert secret not in str(refused.value)


def test_the_token_goes_to_the_service_alone(connect, fake):
    async def fetch(client):
        async with client.wire.fetch("https://cdn.example/v.mp4", {}):
            pass
        async with client.wire.fetch("/api/render/proxy/r/download", {}):
            pass

    does(connect(), fetch)
    elsewhere, own = fake.calls[0:1], fake.calls[-1]
    assert "authorization" not in elsewhere[0].headers
    assert own.headers["authorization"].startswith("Bearer ")


@pytest.mark.parametrize("etag", [True, False])
def test_a_download_goes_on_from_where_it_broke_off(connect, fake, tmp_path, etag):
    fake.cut_at, fake.etag = 30_000, etag
    fake.renders["r1"] = {"draft": {}, "looks": 5, "status": "pending"}
    shares = []

    async def fetch(client):
        await client.connect()
        return await client.download(await client.render("r1"), tmp_path / "v.mp4", shares.append)

    path, _ = does(connect(), fetch)
    assert path.read_bytes() == VIDEO
    assert len(fake.asked("/download")) == 4
    assert sum(len(VIDEO) - int(c.headers["range"][6:-1]) for c in fake.asked("/download")[1:]) < 2 * len(VIDEO)
    assert shares == sorted(shares)
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".part"] == []


def test_a_download_that_never_gets_further_is_given_up_and_leaves_nothing(connect, fake, tmp_path):
    fake.cut_at = 0
    fake.refuse("/download", 500, 500, times=99)
    fake.renders["r1"] = {"draft": {}, "looks": 5, "status": "pending"}

    async def fetch(client):
        await client.download(await client.render("r1"), tmp_path / "new" / "v.mp4")

    (tmp_path / "new").mkdir()
    with pytest.raises(NoAnswer):
        does(connect(), fetch)
    assert list((tmp_path / "new").iterdir()) == []


def test_an_address_that_is_none_is_refused(tmp_path):
    with pytest.raises(BadRequest):
        Client("ftp://somewhere", identity=Identity(tmp_path))


def test_a_client_id_that_cannot_be_kept_is_refused(tmp_path):
    (tmp_path / "file").touch()
    identity = Identity(tmp_path / "file")
    with pytest.raises(CannotWrite):
        identity.client_id()


def test_it_can_be_called_without_async(connect, fake):
    with Blocking(warp.WarpLoop) as wait:
        client = connect()
        session = wait(client.open_session()).session_id
        events = list(wait.each(client.say(session, "make a video")))
        assert wait(client.state(session)).draft["t"]
        assert len(events) == 3
        assert next(wait.each(client.say(session, "again"))).json()
        wait(client.close())
    assert fake.messages == ["make a video", "again"]


def test_the_client_id_is_one_even_when_asked_at_once(tmp_path):
    async def many():
        return {Identity(tmp_path).client_id() for _ in range(5)}

    assert len(asyncio.run(many())) == 1
