"""A web server on this machine that serves files well or badly, over real sockets."""

import re
import socket
import struct
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Mirror(ThreadingHTTPServer):
    """Serves `files` by name; behaves as `trouble` says until `patience` requests were made.

    trouble: None; "drops" sends half of what was asked for and resets the connection; "closes"
    closes it politely instead; "no ranges" sends the whole file always; "wrong bytes" flips the
    last one; "html" answers with a page; "short" and "long" announce and send a byte less or more;
    "silent long" sends twice the file and announces nothing; "other range" sends what comes before
    the range asked for; or a number, the status to answer with.
    """

    daemon_threads = True

    def __init__(self, files, trouble=None, patience=None):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files, self.trouble, self.patience, self.asked = files, trouble, patience, []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/mnist"

    def handle_error(self, request, client_address):
        """A client that hangs up is no error of the server's."""


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        name, wanted = self.path.rpartition("/")[2], self.headers.get("Range")
        mirror = self.server
        mirror.asked.append((name, wanted))
        behaves = mirror.patience is not None and len(mirror.asked) > mirror.patience
        trouble = None if behaves else mirror.trouble
        if isinstance(trouble, int) or name not in mirror.files:
            self.send_error(trouble or 404)
            return
        content, total = mirror.files[name], len(mirror.files[name])
        start, status = 0, 200
        if wanted and trouble != "no ranges":
            start, status = int(re.fullmatch(r"bytes=(\d+)-", wanted)[1]), 206
        body = content[start:]
        if trouble == "wrong bytes":
            body = body[:-1] + bytes([body[-1] ^ 1])
        elif trouble == "html":
            body, status = b"<!doctype html><p>Please accept our terms of use</p>", 200
        elif trouble == "short":
            body = body[:-1]
        elif trouble == "long":
            body += b"\0"
        elif trouble == "silent long":
            body, status = content * 2, 200
        elif trouble == "other range" and wanted:
            start, body = start - 1, content[start - 1 :]
        self.send_response(status)
        if status == 206:
            self.send_header("Content-Range", f"bytes {start}-{total - 1}/{total}")
        if trouble != "silent long":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if trouble in ("drops", "closes"):
            self.wfile.write(body[: max(len(body) // 2, 1)])
            self.wfile.flush()
            if trouble == "drops":  # a reset instead of a goodbye
                linger = struct.pack("ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.connection.close()
        else:
            self.wfile.write(body)


@contextmanager
def serving(files, trouble=None, patience=None):
    mirror = Mirror(files, trouble, patience)
    thread = threading.Thread(target=mirror.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield mirror
    finally:
        mirror.shutdown()
        thread.join()
        mirror.server_close()
