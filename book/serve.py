"""Serve the built book on this machine: `python book/serve.py [PORT]`."""

import functools
import sys
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SITE = Path(__file__).resolve().parent.parent / "_build" / "html"


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and says nothing about each."""

    def log_message(self, *_: object) -> None:
        """Leave the terminal to what matters."""


def main(arguments: list[str]) -> int:
    """Serve until interrupted; the exit status says whether it could."""
    port = arguments[0] if arguments else "8000"
    if not (port.isdecimal() and int(port) < 65536):
        return _refuse(f"a port is a number up to 65535, not {port!r}")
    if not (SITE / "index.html").is_file():
        return _refuse("no book is built yet; run: make book")
    handler = functools.partial(QuietHandler, directory=SITE)
    try:
        server = ThreadingHTTPServer(("127.0.0.1", int(port)), handler)
    except OSError as error:
        return _refuse(f"port {port} cannot be used ({error.strerror}); try: make serve PORT=8001")
    print(f"book: http://127.0.0.1:{server.server_port}/ (Ctrl-C ends it)", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()
    finally:
        server.server_close()
    return 0


def _refuse(reason: str) -> int:
    print(f"serve: {reason}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
