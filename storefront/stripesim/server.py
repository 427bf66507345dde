"""HTTP: reads requests, hands them to API, hosted page or control room, writes answers.

Listens on the loopback only, and refuses a Host it was not started for, so that no web page
elsewhere can reach it through a name that points here.
"""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import SplitResult, urlsplit

from . import API_VERSION, api, control, page
from .errors import ApiError
from .parts import Parts

LARGEST_BODY = 1 << 20


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, sim: Parts) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.sim = sim
        if not sim.public_url:
            sim.public_url = f"http://127.0.0.1:{self.server_port}"
        public = urlsplit(sim.public_url).netloc
        self.hosts = {f"{name}:{self.server_port}" for name in ("127.0.0.1", "localhost")}
        self.hosts.add(public)


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "stripesim"
    sys_version = ""
    timeout = 60
    # Head and body leave together: in two packets the second one waits 40 ms for whoever reads.
    wbufsize = -1

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_BODY:
            self.close_connection = True
            return self._json(413, {"error": {"message": "Too large."}})
        body = self.rfile.read(length).decode("utf-8", "replace")
        if self.headers.get("Host") not in self.server.hosts:
            return self._json(421, {"error": {"message": "Not a name of this server."}})
        url = urlsplit(self.path)
        if url.path.startswith("/v1/"):
            return self._api(url, body)
        if url.path.startswith("/c/pay/"):
            return self._write(page.answer(self.server.sim, self.command, url.path, body))
        if url.path.startswith("/_sim/"):
            return self._control(url.path.removeprefix("/_sim/"), body)
        return self._json(
            200 if url.path == "/" else 404,
            {"stripesim": API_VERSION, "note": "Test payments only. No real money moves here."},
        )

    def _api(self, url: SplitResult, body: str) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = api.Request(self.command, url.path, url.query, headers, body)
        self.server.sim.requests.append(
            {
                "method": request.method,
                "path": request.path,
                "query": request.query,
                "body": request.body,
                "headers": {
                    name: value for name, value in headers.items() if name != "authorization"
                },
            }
        )
        answer = api.answer(self.server.sim, request)
        if answer.dropped:
            self.close_connection = True
            return None
        return self._json(answer.status, answer.body, answer.headers)

    def _control(self, name: str, body: str) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            api.authorise(self.server.sim, headers)
            order = json.loads(body) if body else {}
            return self._json(200, control.obey(self.server.sim, name, order))
        except json.JSONDecodeError:
            return self._json(400, {"error": {"message": "The order is not JSON."}})
        except ApiError as error:
            return self._json(error.status, error.body())

    def _json(self, status: int, body: dict, headers: dict | None = None) -> None:
        text = json.dumps(body, indent=2).encode()
        self._write((status, {"Content-Type": "application/json", **(headers or {})}, text))

    def _write(self, answer: tuple[int, dict, bytes]) -> None:
        status, headers, body = answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
