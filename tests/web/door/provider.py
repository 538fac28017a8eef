"""An OpenID Connect provider of the tests' on loopback: discovery, authorisation, token, and who signed in there."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "house", "hush"


class Provider:
    """`person` is whoever signs in there next; `asked` keeps what the house asked for."""

    def __init__(self, address: str):
        self.address, self.codes, self.asked = address, {}, []
        self.person = {"sub": "1", "email": "lan@example.vn", "email_verified": True, "name": "Lan"}
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.fails = False

    def discovery(self) -> dict:
        ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        known = {f"{name}_endpoint": f"{self.address}/{path}" for name, path in ends.items()}
        return known | {"issuer": self.address, "jwks_uri": f"{self.address}/keys"}

    def authorize(self, asked: dict) -> str:
        """Where the browser is sent back to, with a code."""
        self.asked.append(asked)
        code = secrets.token_hex(8)
        self.codes[code] = asked | {"person": dict(self.person)}
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, given: dict) -> tuple[int, dict]:
        begun = self.codes.pop(given.get("code"), None)
        if begun is None or self.fails or not _fits(begun, given):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = begun["person"] | {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60}
        self.signed_in = begun["person"]
        id_token = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"})
        return 200, {"access_token": secrets.token_hex(8), "token_type": "Bearer", "id_token": id_token}


def _fits(begun: dict, given: dict) -> bool:
    """The client's secret, and the verifier of what it challenged with (PKCE)."""
    proof = base64.urlsafe_b64encode(hashlib.sha256(given.get("code_verifier", "").encode()).digest()).rstrip(b"=")
    return given.get("client_secret") == SECRET and proof.decode() == begun.get("code_challenge")


class Handler(BaseHTTPRequestHandler):
    provider: Provider

    def log_message(self, *args):
        pass

    def answer(self, status: int, body: dict | None = None, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body or {}).encode())

    def do_GET(self):
        at = urlsplit(self.path)
        if at.path.endswith("openid-configuration"):
            self.answer(200, self.provider.discovery())
        elif at.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(at.query).items()}
            self.answer(302, Location=self.provider.authorize(asked))
        elif at.path == "/userinfo":
            self.answer(200, self.provider.signed_in)
        else:
            self.answer(404)

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        given = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
        self.answer(*self.provider.token(given))


@contextmanager
def provider():
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {}))
    server.RequestHandlerClass.provider = one = Provider(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield one
    finally:
        server.shutdown()
        server.server_close()
