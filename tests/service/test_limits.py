"""Limits: a bucket lets through what it says, and an address is believed of our own proxies alone."""

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songreel.service import limits
from songreel.service.limits import Buckets

PROXIES = (ip_network("203.0.113.0/24"), ip_network("2001:db8:ffff::/48"))


@given(
    st.floats(0.1, 50),
    st.integers(1, 30),
    st.lists(st.floats(0, 3), min_size=1, max_size=60),
)
def test_a_bucket_lets_no_more_through_than_its_burst_and_rate(rate, burst, pauses):
    clock = [0.0]
    buckets = Buckets(rate, burst, lambda: clock[0])
    passed = 0
    for pause in pauses:
        clock[0] += pause
        wait = buckets.take("one")
        passed += wait == 0
        assert passed <= burst + rate * clock[0] + 1e-6
        if wait:
            # Whoever waits as long as is said gets through.
            clock[0] += wait + 1e-9
            assert buckets.take("one") == 0
            passed += 1
    assert buckets.take("another") == 0


@given(st.floats(0.1, 50), st.integers(1, 30), st.lists(st.floats(0, 100), max_size=20))
def test_what_is_spent_has_to_flow_in_again(rate, burst, spent):
    clock = [0.0]
    buckets = Buckets(rate, burst, lambda: clock[0])
    for each in spent:
        buckets.spend("one", each)
    lacks = max(0.0, 1 - (burst - sum(spent)))
    assert buckets.take("one") == pytest.approx(lacks / rate, abs=1e-6)
    assert buckets.take("another") == 0


def test_no_rate_is_no_limit():
    buckets = Buckets(0, 1, lambda: 0.0)
    buckets.spend("one", 1e9)
    assert [buckets.take("one") for _ in range(100)] == [0] * 100


def test_the_memory_of_buckets_is_bounded(monkeypatch):
    monkeypatch.setattr(limits, "_KEPT", 10)
    buckets = Buckets(1, 1, lambda: 0.0)
    for number in range(100):
        buckets.take(str(number))
    assert len(buckets._levels) == 10


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("198.51.100.7", ["192.0.2.1"], "198.51.100.7"),  # anybody may write the header
        ("203.0.113.1", [], "203.0.113.1"),
        ("203.0.113.1", ["192.0.2.1"], "192.0.2.1"),
        ("203.0.113.1", ["6.6.6.6, 192.0.2.1"], "192.0.2.1"),  # what a client wrote itself stands further left
        ("203.0.113.1", ["6.6.6.6", "192.0.2.1, 203.0.113.9"], "192.0.2.1"),
        ("203.0.113.1", ["203.0.113.5, 203.0.113.9"], "203.0.113.5"),
        ("203.0.113.1", ["6.6.6.6, nonsense"], "203.0.113.1"),
        ("203.0.113.1", ["192.0.2.1:4711"], "192.0.2.1"),
        ("203.0.113.1", ["[2001:db8::1]:4711"], "2001:db8::1"),
        ("2001:db8:ffff::2", ["2001:db8::1"], "2001:db8::1"),
        ("::ffff:203.0.113.1", ["192.0.2.1"], "192.0.2.1"),
        ("", ["192.0.2.1"], ""),
    ],
)
def test_the_real_address_is_the_nearest_that_is_no_proxy_of_ours(peer, forwarded, found):
    assert limits.address(peer, forwarded, PROXIES) == found


@given(st.lists(st.text(max_size=30), max_size=4))
def test_no_header_moves_an_address_that_is_no_proxy(forwarded):
    assert limits.address("198.51.100.7", forwarded, PROXIES) == "198.51.100.7"


def test_one_household_of_ipv6_is_one_caller():
    assert limits.household("2001:db8:0:1::5") == limits.household("2001:db8:0:1:ffff::9")
    assert limits.household("2001:db8:0:1::5") != limits.household("2001:db8:0:2::5")
    assert limits.household("198.51.100.7") == "198.51.100.7"


def test_near_is_this_machine_and_private_networks():
    assert limits.is_near("127.0.0.1")
    assert limits.is_near("::1")
    assert not limits.is_near("8.8.8.8")
    assert not limits.is_near("testclient")
