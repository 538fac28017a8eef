"""What is measured while the house runs, in the words Prometheus reads. Never knows who asked.

Several processes of one server add up in the folder PROMETHEUS_MULTIPROC_DIR, each in the place that
`unionrelations/serving.py` gives it.
"""

import os
from collections.abc import Iterable

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest, values
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

ARE_MANY = "PROMETHEUS_MULTIPROC_DIR" in os.environ
if ARE_MANY:
    values.ValueClass = values.MultiProcessValue(lambda: os.environ.get("MEASURES_PLACE", os.getpid()))

ANSWERS = Histogram(
    "house_answer_seconds",
    "Time from a request to its answer, by the name of its page.",
    ("page", "method", "status"),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8),
)
READS = Counter("house_reads", "Requests by where they read, and why there.", ("place", "why"))
SLOW_QUERIES = Counter("house_slow_queries", "Questions to the database that took longer than SLOW_QUERY_MS.")


def written(collectors: Iterable[Collector] = ()) -> bytes:
    """All measures of this server, and of these collectors, as text in the format of Prometheus."""
    registry = CollectorRegistry()
    if ARE_MANY:
        MultiProcessCollector(registry)
    else:
        registry.register(REGISTRY)
    for one in collectors:
        registry.register(one)
    return generate_latest(registry)
