"""Signed links: what is signed opens until its moment, and nothing else does."""

import subprocess
import sys
from urllib.parse import parse_qs, unquote, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from songreel.service import signing
from songreel.service.signing import Signer

paths = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).map(lambda text: f"/files/{text}")
MAKE = "import sys, pathlib; from songreel.service import signing; print(signing.key(pathlib.Path(sys.argv[1])).hex())"


@given(paths, st.integers(0, 2**40), st.integers(1, 2**20))
def test_a_link_opens_its_path_until_its_moment(path, now, seconds):
    clock = [float(now)]
    signer = Signer(b"key", lambda: clock[0])
    parts = urlsplit(signer.link(path, seconds=seconds))
    asked = parse_qs(parts.query)
    expires_at, signature = int(asked["expires"][0]), asked["signature"][0]
    assert unquote(parts.path) == path
    assert signer.verify(path, expires_at, signature)
    assert not signer.verify(path, expires_at + 1, signature)
    assert not signer.verify(path + "x", expires_at, signature)
    assert not signer.verify(path, expires_at, signature[:-1])
    assert not Signer(b"other", lambda: clock[0]).verify(path, expires_at, signature)
    clock[0] = now + seconds
    assert not signer.verify(path, expires_at, signature)


def test_a_path_and_a_moment_do_not_run_into_each_other():
    signer = Signer(b"key", lambda: 0.0)
    assert signer.sign("1:/a", 1) != signer.sign("/a", 11)
    assert signer.pseudonym("1:/a") != signer.sign("/a", 1)


def test_processes_that_start_at_once_keep_one_key_for_its_owner_alone(tmp_path):
    home = tmp_path / "home"
    started = [
        subprocess.Popen([sys.executable, "-c", MAKE, home], stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    keys = {process.communicate(timeout=300)[0].strip() for process in started}
    assert keys == {signing.key(home).hex()}
    assert (home / signing.KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in home.iterdir()] == [signing.KEY_FILE]


def test_a_secret_gives_the_same_key_on_every_machine(tmp_path):
    assert signing.key(tmp_path / "a", "a long enough secret") == signing.key(tmp_path / "b", "a long enough secret")
    assert signing.key(tmp_path / "a", "a long enough secret") != signing.key(tmp_path / "a", "another secret, longer")
    assert list(tmp_path.iterdir()) == []
