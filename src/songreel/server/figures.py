"""What Prometheus reads: calls and their durations, turns, and how many jobs run and wait.

Jobs are counted where they are kept, for all machines, and at most every few seconds however often they are read.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from songreel.jobs.engine import State

Counts = Callable[[], Mapping[tuple[str, State], int]]
"""How many jobs of each kind are in each state that has not ended."""
FRESH_S = 5.0
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900)


class Figures:
    """The figures of one process, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "songreel_requests", "Calls, by route and answer.", ("method", "route", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "songreel_request_seconds",
            "How long calls took, streams to their end.",
            ("route",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._open = Gauge("songreel_requests_open", "Calls that are being answered.", registry=self.registry)
        self._limited = Counter("songreel_limited", "Calls that came too often.", ("by",), registry=self.registry)

    def began(self) -> None:
        """Count a call that is being answered."""
        self._open.inc()

    def ended(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a call that was answered."""
        self._open.dec()
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def limited(self, by: str) -> None:
        """Count a call that came too often, by what it was counted: token or address."""
        self._limited.labels(by).inc()

    def watch(self, counts: Counts, now: Callable[[], float] = time.monotonic) -> None:
        """Tell how many jobs there are from here on."""
        self.registry.register(_Jobs(counts, now))

    def text(self) -> bytes:
        """Return all figures as Prometheus reads them."""
        return generate_latest(self.registry)


class _Jobs(Collector):
    """Jobs of all machines, by kind and state: turns and renders that run, and what waits."""

    def __init__(self, counts: Counts, now: Callable[[], float]) -> None:
        self._counts, self._now = counts, now
        self._seen: tuple[float, Mapping[tuple[str, State], int]] | None = None

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Yield the names alone: registering counts nothing."""
        yield _family()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the jobs as they were counted a few seconds ago at most."""
        now = self._now()
        if self._seen is None or now - self._seen[0] >= FRESH_S:
            self._seen = (now, self._counts())
        family = _family()
        for (kind, state), number in sorted(self._seen[1].items()):
            family.add_metric([kind, state], number)
        yield family


def _family() -> GaugeMetricFamily:
    return GaugeMetricFamily(
        "songreel_jobs", "Jobs by kind that wait (pending) or run (processing).", labels=("kind", "state")
    )
