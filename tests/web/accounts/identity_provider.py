"""An identity provider on this machine: a real HTTP server with real keys and real signatures."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

CLIENT = "pakten"


@dataclass
class Provider:
    """What the provider knows: its keys, and what it says of the person who is there now."""

    address: str = ""
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    claims: dict[str, Any] = field(default_factory=dict)
    # Instead of its own: the key and the algorithm that sign, to play a forger.
    forger: Any = None
    algorithm: str = "RS256"
    changed: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, list[str]]] = field(default_factory=list)

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "one", "alg": "RS256", "use": "sig"}]}

    def token(self) -> str:
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60, **self.claims}
        signer = self.key if self.forger is None else self.forger
        return jwt.encode(claims | self.changed, signer, self.algorithm, headers={"kid": "one"})

    def authorize(self, location: str) -> dict[str, str]:
        """What the person's browser brings back after signing in there."""
        asked = {key: value[0] for key, value in parse_qs(urlsplit(location).query).items()}
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked["code_challenge"]
        return {"code": code, "state": asked["state"]}

    def redeem(self, asked: dict[str, list[str]]) -> dict[str, Any] | None:
        self.asked.append(asked)
        challenge = self.codes.pop(asked["code"][0], None)
        digest = hashlib.sha256(asked["code_verifier"][0].encode()).digest()
        if challenge != base64.urlsafe_b64encode(digest).decode().rstrip("="):
            return None
        return {"access_token": "a", "token_type": "Bearer", "id_token": self.token()}


def serve(provider: Provider) -> ThreadingHTTPServer:
    """Start on a free port of the loopback; the caller shuts it down."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = {"/.well-known/openid-configuration": provider.configuration, "/keys": provider.keys}
            self._answer(known[self.path]())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer(provider.redeem(parse_qs(body)))

        def _answer(self, said: dict[str, Any] | None) -> None:
            content = json.dumps(said or {"error": "invalid_grant"}).encode()
            self.send_response(200 if said else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server


def sign_in(client: Client, provider: Provider, *, to: str = "staden", wanted: str = "") -> Any:
    """Walk to the provider and back; the answer of the last step."""
    start = client.get(f"/logga-in/{to}/" + (f"?next={wanted}" if wanted else ""))
    assert start["Location"].startswith(f"{provider.address}/authorize?")
    return client.get(f"/logga-in/{to}/klar/", provider.authorize(start["Location"]))
