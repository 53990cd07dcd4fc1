"""`make` and `book/serve.py` on a machine that lacks something: one line says what to do."""

import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY


@pytest.fixture
def checkout(tmp_path):
    """What make looks at before anything is installed."""
    for name in ("Makefile", "requirements.txt", "constraints.txt", "pyproject.toml"):
        shutil.copy(REPOSITORY / name, tmp_path)
    return tmp_path


def program(path, script):
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def make(checkout, *arguments):
    return subprocess.run(
        ["make", *arguments], cwd=checkout, capture_output=True, text=True, check=False,
        env={k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))},
    )  # fmt: skip


def refused(checkout, *arguments):
    """One line of ours, and make's own, and no environment left behind."""
    done = make(checkout, *arguments)
    assert done.returncode == 2
    ours = [line for line in done.stderr.splitlines() if not line.startswith("make: ")]
    assert len(ours) == 1, done.stderr
    assert done.stdout == ""
    assert not (checkout / ".venv").exists()
    return ours[0]


@pytest.mark.parametrize("target", ["course", "test", "book", "exercises", "sample", "serve"])
def test_no_python(checkout, target):
    text = refused(checkout, target, "PYTHON=no-such-python")
    assert text == (
        "course: no-such-python is not there; install Python 3.11 or newer, "
        "or name it: make PYTHON=…"
    )


def test_an_old_python(checkout):
    old = program(checkout / "python 3.8", '[ "$1" = --version ] && echo "Python 3.8.10" || exit 1')
    text = refused(checkout, "course", f"PYTHON={old}")
    assert text.startswith(f"course: Python 3.11 or newer is needed, and {old} is Python 3.8.10;")
    assert "make PYTHON=python3" in text


@pytest.mark.parametrize("version", ["2.7", "3.10", "3.11", "3.12", "4.0"])
def test_which_python_is_old(checkout, version):
    """The condition in the Makefile, on every version."""
    text = (checkout / "Makefile").read_text()
    condition = re.search(r"sys\.exit\((sys\.version_info < \(\d+, \d+\))\)", text)[1]
    found = tuple(map(int, version.split(".")))
    too_old = eval(condition.replace("sys.version_info", repr(found)))
    assert too_old == (version in ("2.7", "3.10"))


def test_a_python_without_venv(checkout):
    bare = program(
        checkout / "bare",
        f'case "$2" in *ensurepip*) exit 1;; *) exec {sys.executable} "$@";; esac',
    )
    text = refused(checkout, "test", f"PYTHON={bare}")
    assert text.startswith(f"course: {bare} has no venv module;")
    assert "apt-get install python3-venv" in text


def test_an_installation_that_fails_is_tried_again(checkout):
    """Neither a mark nor a half-made environment keeps the next run from installing."""
    fake = program(
        checkout / "fake",
        f'case "$1" in -m) mkdir -p .venv/bin; printf "#!/bin/sh\\nexit 9\\n" > .venv/bin/python; '
        f'chmod +x .venv/bin/python;; *) exec {sys.executable} "$@";; esac',
    )
    for _ in range(2):
        done = make(checkout, "exercises", f"PYTHON={fake}")
        assert done.returncode == 2
        assert "pip install" in done.stdout
        assert not (checkout / ".venv" / ".installed").exists()


def test_without_npm_the_book_says_where_pages_load_from(checkout):
    for name in ("package.json", "package-lock.json"):
        shutil.copy(REPOSITORY / name, checkout)
    tools = checkout / "tools"
    tools.mkdir()
    for tool in ("sh", "make", "touch"):
        (tools / tool).symlink_to(shutil.which(tool))
    done = subprocess.run(
        [tools / "make", "assets"], cwd=checkout, env={"PATH": str(tools)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 1
    assert "npm is not there" in done.stdout


# serve.py


@pytest.fixture
def site(tmp_path):
    (tmp_path / "book").mkdir()
    shutil.copy(REPOSITORY / "book" / "serve.py", tmp_path / "book")
    pages = tmp_path / "_build" / "html"
    pages.mkdir(parents=True)
    (pages / "index.html").write_text("<h1>The book</h1>")
    (tmp_path / "secret.txt").write_text("not for readers")
    return tmp_path


def serve(site, *arguments):
    return subprocess.run(
        [sys.executable, site / "book" / "serve.py", *arguments],
        capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip


@pytest.mark.parametrize("port", ["x", "-1", "65536", "80.5", "", "8000 "])
def test_no_port(site, port):
    done = serve(site, port)
    assert done.returncode == 1
    assert done.stderr == f"serve: a port is a number up to 65535, not {port!r}\n"
    assert done.stdout == ""


def test_a_port_that_is_taken(site):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = serve(site, str(port))
    assert done.returncode == 1
    assert done.stderr == (
        f"serve: port {port} cannot be used (Address already in use); try: make serve PORT=8001\n"
    )


def test_no_book_built(site):
    shutil.rmtree(site / "_build")
    done = serve(site, "0")
    assert (done.returncode, done.stderr) == (1, "serve: no book is built yet; run: make book\n")


def test_serves_the_book_on_this_machine_alone(site):
    server = subprocess.Popen(
        [sys.executable, site / "book" / "serve.py", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        line = server.stdout.readline()
        address = re.fullmatch(r"book: (http://127\.0\.0\.1:(\d+)/) \(Ctrl-C ends it\)\n", line)
        assert address, line
        with urllib.request.urlopen(address[1], timeout=10) as page:
            assert page.read() == b"<h1>The book</h1>"
        for outside in ("../secret.txt", "%2e%2e/%2e%2e/secret.txt", "no-such-page.html"):
            with pytest.raises(urllib.error.HTTPError, match="404"):
                urllib.request.urlopen(address[1] + outside, timeout=10)
        listening = listening_addresses(int(address[2]))
        assert listening in ({"0100007F"}, set())  # 127.0.0.1 as /proc writes it; empty elsewhere
    finally:
        server.send_signal(2)
        out, err = server.communicate(timeout=10)
    assert server.returncode == 0
    assert err == ""
    assert "Traceback" not in out


def listening_addresses(port):
    """Addresses, in hexadecimal, at which something on this machine listens at a port."""
    found = set()
    for table in Path("/proc/net").glob("tcp*"):
        for row in table.read_text().splitlines()[1:]:
            address, state = row.split()[1], row.split()[3]
            if state == "0A" and int(address.split(":")[1], 16) == port:
                found.add(address.split(":")[0])
    return found
