#!/usr/bin/env python
"""Asks a running server for its health, its sign-in page and the static files that page names."""

import re
import sys
import time
import urllib.error
import urllib.request
from urllib.parse import urljoin


def read(address, seconds=20):
    """What is at an address; a server that is only starting gets some time."""
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return answer.read()
        except urllib.error.HTTPError:
            raise
        except urllib.error.URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def main(server):
    read(urljoin(server, "/healthz"))
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
