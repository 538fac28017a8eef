#!/usr/bin/env python
"""How the house grows: the same pages and reports on a small and on a large synthetic data set, as ratios in one run.

`make bench` calls it. Data sets are databases of their own, `bench_10000` and `bench_1000000`, beside the one
DATABASE_URL names on PostgreSQL; they stay, so that a second run only measures. SCALE_DATABASE_URL names a filled
database to take for the largest instead. Without PostgreSQL: SQLite files in a temporary folder, and smaller. Sizes may
be named: `bench_scale.py 10000 100000`. Writes docs/benchmarks-scale.md.

Of a page the best of some runs is taken, as processor time of this process and of PostgreSQL's on the same machine; of
SQL, what PostgreSQL says it took.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

HOUSE = Path(__file__).resolve().parent.parent
UNIONS, SEED = 2000, 1
OUT = HOUSE / "docs" / "benchmarks-scale.md"


def address_of(size: int, folder: str) -> str:
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        return f"sqlite:///{folder}/bench_{size}.sqlite3"
    return urlsplit(url)._replace(path=f"/bench_{size}").geturl()


def make(size: int, url: str) -> float:
    """Seconds it took to generate; 0 where it was there."""
    if url == os.environ.get("SCALE_DATABASE_URL"):
        return 0.0
    env = os.environ | {"DATABASE_URL": url, "SECRET_KEY": "only-for-this-bench"}
    if url.startswith("postgres"):
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            name = urlsplit(url).path[1:]
            if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                server.execute(f'CREATE DATABASE "{name}"')
    manage = [sys.executable, str(HOUSE / "manage.py")]
    subprocess.run([*manage, "migrate", "--verbosity", "0"], env=env, check=True)
    started = time.monotonic()
    options = ["--activities", str(size), "--unions", str(UNIONS), "--seed", str(SEED)]
    made = subprocess.run([*manage, "generate", *options], env=env, stdout=sys.stderr, check=False)
    subprocess.run([sys.executable, str(HOUSE / ".ci" / "bench_scale_history.py")], env=env, check=True)
    return time.monotonic() - started if made.returncode == 0 else 0.0


def measured(url: str) -> dict[str, float]:
    plain = {"STATIC_COLLECTED": "false", "ALLOWED_HOSTS": "testserver", "HTTPS": "false", "DEBUG": ""}
    plain["REQUIRE_SECOND_FACTOR"] = "false"  # of those who only measure
    env = os.environ | plain | {"DATABASE_URL": url, "SECRET_KEY": "only-for-this-bench"}
    child = [sys.executable, str(HOUSE / ".ci" / "bench_scale_one.py")]
    return json.loads(subprocess.run(child, env=env, stdout=subprocess.PIPE, check=True).stdout)


def main(sizes: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        urls = {size: address_of(size, folder) for size in sizes}
        urls[sizes[-1]] = os.environ.get("SCALE_DATABASE_URL") or urls[sizes[-1]]
        shared = os.getloadavg()[0]
        took = {size: make(size, url) for size, url in urls.items()}
        found = {size: measured(url) for size, url in urls.items()}
    lines = lines_of(sizes, found, took, urls[sizes[0]].partition(":")[0], shared)
    OUT.write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


def lines_of(sizes: list[int], found: dict, took: dict, vendor: str, shared: float) -> list[str]:
    small, large = found[sizes[0]], found[sizes[-1]]
    return [
        "# How the house grows",
        "",
        "Written by `make bench`: processor time of the page and of its database, the best of some runs; of SQL what "
        "the database says it took. Ratios are within one run, the milliseconds are of that machine alone. Hello is a "
        "signed-in page that shows nothing but its frame; the last column takes the one measured in turn with the "
        "page. Pages are made as if nobody had opened them yet but where it says again, when nothing in the house has "
        "changed since they were opened, or after a change elsewhere, when something has that the page does not show.",
        "",
        f"{dt.date.today():%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, {vendor}; {UNIONS:,} unions, {max(20, sizes[-1] // 50):,} partners. "
        f"{shared:.1f} other programs wanted the processor when it began"
        + (": milliseconds are longer than on a machine of one's own." if shared > 0.5 else "."),
        "",
        f"| | {sizes[0]:,} activities, ms | {sizes[-1]:,} activities, ms | growth | hello + ms at {sizes[-1]:,} |",
        "|---|---|---|---|---|",
        *(
            f"| {name} | {small[name] * 1000:.1f} | {large[name] * 1000:.1f} | {large[name] / small[name]:.1f} × "
            f"| {f'{(large[name] - large[beside]) * 1000:.1f}' if (beside := f'beside {name}') in large else ''} |"
            for name in large
            if name in small and not name.startswith(("memory", "rows", "beside"))
        ),
        "",
        *(
            f"- {words}: {large[one] / large[other]:.1f} ×."
            for words, one, other in (
                ("Database time of the confederation's report beside the best statement", "SQL report, confederation",
                 "SQL best statement, confederation"),
                ("Database time of an industry union's beside the best statement", "SQL report, industry union",
                 "SQL best statement, industry union"),
                ("The back office's list beside ours", "admin: list", "list, confederation"),
                ("The back office's search beside ours", "admin: search", "search, rare word"),
                ("Writing 100,000 rows beside 2,000", "export of 100,000 rows", "export of 2,000 rows"),
            )
            if one in large and other in large
        ),
        f"- Peak memory grows by {large['memory export'] / 1024:.0f} MB while 2,000 rows are exported, and by "
        f"{large['memory export of all'] / 1024:.0f} MB more while {large['rows exported']:,.0f} are.",
        *(
            f"- {size:,} activities were generated in {seconds:.0f} s."
            for size, seconds in took.items()
            if seconds
        ),
        "",
    ]  # fmt: skip


if __name__ == "__main__":
    on_postgres = os.environ.get("DATABASE_URL", "").startswith("postgres")
    main([int(one) for one in sys.argv[1:]] or ([10_000, 1_000_000] if on_postgres else [500, 5_000]))
