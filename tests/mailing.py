"""A mail server of our own for tests, which keeps what it accepts and may be slow, refuse or break off."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class MailServer:
    """What `handle_DATA` of aiosmtpd asks for. `slow_for` holds back its answer, `answers` says what it is."""

    def __init__(self):
        self.accepted, self.begun = [], 0
        self.slow_for, self.answers = 0.0, "250 OK"
        self.refused: set[str] = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.begun += 1
        await asyncio.sleep(self.slow_for)  # cancelled where whoever sent it is gone meanwhile
        if self.answers.startswith("250"):
            self.accepted.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answers

    @property
    def told(self) -> list[str]:
        return [one["To"] for one in self.accepted]


@contextmanager
def mail_server(port: int):
    server = MailServer()
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
