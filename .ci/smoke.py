#!/usr/bin/env python
"""Asks a running server for its health, its sign-in page and the static files that page names."""

import os
import re
import sys
import time
import urllib.error
import urllib.request
from urllib.parse import urljoin

HEALTHY = 20


def read(address, seconds=20, **headers):
    """What is at an address; a server that is only starting gets some time."""
    asked = urllib.request.Request(address, headers=headers)
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(asked, timeout=10) as answer:
                return answer.read()
        except urllib.error.HTTPError:
            raise
        except urllib.error.URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def main(server):
    for _each in range(HEALTHY):
        read(urljoin(server, "/healthz"))
    read(urljoin(server, "/readyz"))
    measured = read(urljoin(server, "/metrics"), Authorization=f"Bearer {os.environ['METRICS_TOKEN']}").decode()
    counted = re.search(r'house_answer_seconds_count\{method="GET",page="healthz",status="200"\} (\d+)', measured)
    if not counted or int(counted[1]) != HEALTHY:  # whichever process answered, all of them count together
        sys.exit(f"{HEALTHY} requests were made; the measures of all processes say {counted and counted[0]}.")
    page = read(urljoin(server, "/")).decode()  # a stranger is sent to the sign-in page
    if 'type="password"' not in page:
        sys.exit("A stranger was not asked to sign in.")
    files = sorted(set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page)))
    if not any(file.endswith(".css") for file in files):
        sys.exit("The sign-in page names no style sheet.")
    for file in files:
        if not re.search(r"\.[0-9a-f]{12}\.\w+$", file):
            sys.exit(f"{file} carries no hash, so browsers could keep an old one.")
        read(urljoin(server, file))
    print(f"{server} is healthy, asks strangers to sign in and serves the {len(files)} static files it names.")


main(sys.argv[1])
