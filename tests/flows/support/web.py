"""Servers on loopback that stand in for what flows talk to."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Server:
    """Answers every request with one status, and keeps what was sent, JSON as data. It can be switched off and on."""

    def __init__(self) -> None:
        self.status = 200
        self.received: list[tuple[str, str, Any]] = []
        self._server: ThreadingHTTPServer | None = None
        self._port = 0
        self.start()

    def start(self) -> None:
        """Listens, always on the same port, if it does not yet."""
        if self._server is not None:
            return
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                content = json.loads(body) if self.headers.get("Content-Type") == "application/json" else body
                outer.received.append((self.command, self.path, content))
                self.send_response(outer.status)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            do_GET = do_POST = answer  # noqa: N815 - the names are given

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is given
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), Handler)
        self._port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()

    def stop(self) -> None:
        """Nobody listens any more."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"
