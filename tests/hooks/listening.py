"""A program that listens on this machine, and hooks that tell it."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.utils import timezone
from standardwebhooks import Webhook

from unionrelations.hooks.models import Hook, Kind


class Listener:
    """Keeps what it is told and answers with `status`, or with what `answers` says for the body."""

    def __init__(self):
        self.heard: list[tuple[dict, bytes]] = []
        self.status, self.headers, self.answers = 204, {}, None
        self._open(0)

    def _open(self, port: int) -> None:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(outer.answers(json.loads(body)) if outer.answers else outer.status)
                for name, value in outer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *said):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/told"

    @property
    def told(self) -> list[dict]:
        return [json.loads(body) for _headers, body in self.heard]

    @property
    def records(self) -> list[tuple]:
        """(kind, entity, key) of each, in order."""
        return [(one["type"], one["data"].get("entity"), one["data"].get("id")) for one in self.told]

    def verified(self, secret: str, place: int = -1) -> dict:
        """What was said, where the specification's own library finds that it was signed with this secret."""
        headers, body = self.heard[place]
        return Webhook(secret).verify(body, headers)

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def start_again(self) -> None:
        self._open(self.port)


def hook_of(person, address: str, *, union=None, kinds=tuple(Kind.values), name="Sổ văn bản") -> tuple[Hook, str]:
    """A hook of this person, and its secret."""
    hook = Hook(union=union or person.union, address=address, kinds=list(kinds), name=name)
    return hook, hook.make(person, timezone.now())
