"""Downloads over real sockets: interrupted, resumed, wrong, and never half."""

import os
import resource
import signal
import socket
import subprocess
import sys
import time

import pytest

from course_utils.datasets.download import RemoteFile, download
from course_utils.datasets.errors import DataError
from tests.unprivileged import ordinary_user

from .mirror import serving
from .tiny_mnist import sha256

NAME = "digits.gz"
CONTENT = bytes(range(256)) * 1500  # several chunks
FILE = RemoteFile(NAME, len(CONTENT), sha256(CONTENT))


def files(folder):
    return sorted(p.name for p in folder.iterdir()) if folder.exists() else []


def refused(folder, *mirrors):
    with pytest.raises(DataError, match=r"digits\.gz") as refusal:
        download(FILE, folder, [m if isinstance(m, str) else m.url for m in mirrors])
    assert "\n" not in str(refusal.value)
    assert not (folder / NAME).exists()
    return str(refusal.value)


def unused_address():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/"


def test_a_whole_file(tmp_path):
    seen = []
    with serving({NAME: CONTENT}) as mirror:
        found = download(
            FILE, tmp_path / "new" / "folder", [mirror.url + "/"], lambda *p: seen.append(p)
        )
        assert mirror.asked == [(NAME, None)]
    assert found == tmp_path / "new" / "folder" / NAME
    assert found.read_bytes() == CONTENT
    assert files(found.parent) == [NAME]
    assert [total for _, _, total in seen] == [len(CONTENT)] * len(seen)
    assert seen[-1] == (NAME, len(CONTENT), len(CONTENT))
    assert [done for _, done, _ in seen] == sorted({done for _, done, _ in seen})


@pytest.mark.parametrize("trouble", ["drops", "closes"])
def test_a_broken_download_goes_on_where_it_stopped(tmp_path, trouble):
    with serving({NAME: CONTENT}, trouble) as mirror:
        text = refused(tmp_path, mirror)
        assert "127.0.0.1" in text
        assert "Run the command again to go on" in text
        assert files(tmp_path) == [f"{NAME}.part"]
        have = (tmp_path / f"{NAME}.part").stat().st_size
        assert 0 < have <= len(CONTENT) // 2
        assert CONTENT.startswith((tmp_path / f"{NAME}.part").read_bytes())
        refused(tmp_path, mirror)
        assert (tmp_path / f"{NAME}.part").stat().st_size > have
        mirror.trouble = None
        have = (tmp_path / f"{NAME}.part").stat().st_size
        download(FILE, tmp_path, [mirror.url])
        assert mirror.asked[-1] == (NAME, f"bytes={have}-")
    assert (tmp_path / NAME).read_bytes() == CONTENT
    assert files(tmp_path) == [NAME]


def test_another_mirror_goes_on(tmp_path):
    with serving({NAME: CONTENT}, "closes") as first, serving({NAME: CONTENT}) as second:
        download(FILE, tmp_path, [unused_address(), first.url, second.url])
        assert len(first.asked) == len(second.asked) == 1
        assert second.asked[0][1].startswith("bytes=")
    assert (tmp_path / NAME).read_bytes() == CONTENT


@pytest.mark.parametrize("trouble", ["no ranges", "other range"])
def test_a_server_that_does_not_resume(tmp_path, trouble):
    (tmp_path / f"{NAME}.part").write_bytes(CONTENT[:1000])
    with serving({NAME: CONTENT}, trouble) as mirror:
        if trouble == "other range":  # what it sends is no continuation
            assert "instead of" in refused(tmp_path, mirror)
            mirror.trouble = None
        download(FILE, tmp_path, [mirror.url])
    assert (tmp_path / NAME).read_bytes() == CONTENT
    assert files(tmp_path) == [NAME]


@pytest.mark.parametrize("part", [CONTENT + b"x", CONTENT, b"<html>" + CONTENT[6:1000], b""])
def test_any_part_ends_in_the_right_file(tmp_path, part):
    (tmp_path / f"{NAME}.part").write_bytes(part)
    with serving({NAME: CONTENT}) as mirror:
        if part.startswith(b"<html>"):  # resumed, it has the wrong checksum and is thrown away
            assert "wrong checksum" in refused(tmp_path, mirror)
            assert files(tmp_path) == []
        download(FILE, tmp_path, [mirror.url])
        assert part != CONTENT or mirror.asked == []
    assert (tmp_path / NAME).read_bytes() == CONTENT
    assert files(tmp_path) == [NAME]


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        ("wrong bytes", "wrong checksum"),
        ("html", "it offers 52 bytes instead of 384000"),
        ("short", "it offers 383999 bytes instead of 384000"),
        ("long", "it offers 384001 bytes instead of 384000"),
        ("silent long", "it sends more than the 384000 bytes of the file"),
        (404, "answered 404 Not Found"),
        (503, "answered 503 Service Unavailable"),
    ],
)
def test_what_is_wrong_is_never_taken(tmp_path, trouble, reason):
    with serving({NAME: CONTENT}, trouble) as mirror, serving({NAME: CONTENT}) as good:
        assert refused(tmp_path, mirror) == (
            f"cannot download {NAME}: {mirror.url[7:-6]}: {reason}. "
            f"Run the command again to go on, or put the file into {tmp_path}"
        )
        assert set(files(tmp_path)) <= {f"{NAME}.part"}
        download(FILE, tmp_path, [mirror.url, good.url])
    assert (tmp_path / NAME).read_bytes() == CONTENT
    assert files(tmp_path) == [NAME]


def test_no_network(tmp_path):
    closed = unused_address()
    text = refused(tmp_path, closed, "http://name.invalid/mnist")
    assert text.startswith(
        f"cannot download {NAME}: {closed[7:-1]}: no connection; name.invalid: no connection. "
    )
    assert files(tmp_path) == []


def test_a_server_that_never_answers(tmp_path, monkeypatch):
    monkeypatch.setattr("course_utils.datasets.download.SILENCE", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert "no answer in time" in refused(tmp_path, address)


@pytest.mark.parametrize(
    "mirror", ["", "somewhere", "ftp://host/mnist", "/tmp", "file:///tmp", "https:///mnist"]
)
def test_a_mirror_is_a_web_address(tmp_path, mirror):
    with pytest.raises(DataError, match="a mirror is an address like https://host/folder, not"):
        download(FILE, tmp_path / "new", [mirror])
    assert files(tmp_path) == []


@pytest.mark.parametrize("mirror", ["http://[::1/mnist", "http://host:port/mnist"])
def test_a_web_address_may_be_wrong(tmp_path, mirror):
    assert "no web address" in refused(tmp_path, mirror)
    assert files(tmp_path) == []


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").touch()
    (tmp_path / "busy" / f"{NAME}.part").mkdir(parents=True)
    with serving({NAME: CONTENT}) as mirror:
        for folder in (tmp_path / "file" / "mnist", tmp_path / "busy"):
            assert refused(folder, mirror).startswith(f"cannot write {folder / NAME}: ")
    assert files(tmp_path / "busy") == [f"{NAME}.part"]


def test_a_folder_that_may_not_be_written(tmp_path):
    (tmp_path / "locked").mkdir()
    (tmp_path / "locked").chmod(0o555)
    for folder in tmp_path.parents:  # reached by an ordinary user too, up to the tests' own
        if folder.stat().st_uid == os.geteuid() and "pytest" in folder.name:
            folder.chmod(0o755)
    tmp_path.chmod(0o755)
    with serving({NAME: CONTENT}) as mirror, ordinary_user():
        for folder in (tmp_path / "locked", tmp_path / "locked" / "new"):
            with pytest.raises(DataError) as refusal:
                download(FILE, folder, [mirror.url])
            assert str(refusal.value) == f"cannot write {folder / NAME}: Permission denied"
        assert mirror.asked == []


LIMITED = """
import resource, sys
from course_utils.datasets.download import download
from course_utils.datasets.errors import DataError
from tests.datasets.test_download import FILE
from pathlib import Path
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), -1))
try:
    download(FILE, Path(sys.argv[1]), [sys.argv[2]])
except DataError as problem:
    print(problem)
"""


@pytest.mark.parametrize("limit", [1, 100_000, len(CONTENT) - 1])
def test_no_room_for_the_file(tmp_path, limit):
    """A file may not grow beyond a limit: for the program, a disk that is full at that byte."""
    with serving({NAME: CONTENT}) as mirror:
        done = subprocess.run(
            [sys.executable, "-c", LIMITED, str(tmp_path), mirror.url, str(limit)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    assert done.stdout == f"cannot write {tmp_path / NAME}: File too large\n"
    assert files(tmp_path) == []
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != limit


def test_a_full_disk(tmp_path):
    """A real one, of 64 kB."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", tmp_path],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip(f"cannot mount a small disk: {mounted.stderr.strip()}")
    try:
        with serving({NAME: CONTENT}) as mirror:
            text = refused(tmp_path, mirror)
        assert text == f"cannot write {tmp_path / NAME}: No space left on device"
        assert files(tmp_path) == []
    finally:
        subprocess.run(["umount", tmp_path], check=True)


KILLED = """
import sys
from pathlib import Path
from course_utils.datasets.download import download
from tests.datasets.test_download import FILE
download(FILE, Path(sys.argv[1]), [sys.argv[2]], lambda name, done, total: print(done, flush=True))
"""


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_a_download_that_is_killed_leaves_a_part(tmp_path, end):
    """The server sends half and then keeps silent; then the program ends."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        with subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path), address],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ) as process:  # fmt: skip
            connection, _ = server.accept()
            with connection:
                connection.recv(4096)
                head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(CONTENT)}\r\n\r\n"
                connection.sendall(head.encode() + CONTENT[:200_000])
                while int(process.stdout.readline()) < 131_072:
                    time.sleep(0)
                process.send_signal(end)
                process.wait(timeout=60)
    assert process.returncode != 0
    assert not (tmp_path / NAME).exists()
    part = tmp_path / f"{NAME}.part"
    assert CONTENT.startswith(part.read_bytes())
    have = part.stat().st_size
    with serving({NAME: CONTENT}) as mirror:
        download(FILE, tmp_path, [mirror.url])
        assert mirror.asked == [(NAME, f"bytes={have}-" if have else None)]
    assert (tmp_path / NAME).read_bytes() == CONTENT


def test_two_downloads_at_a_time_cannot_harm_each_other(tmp_path):
    """What one writes late does not reach the file that the other has checked."""
    part = tmp_path / f"{NAME}.part"
    part.write_bytes(CONTENT[:1000])
    with part.open("ab") as other, serving({NAME: CONTENT}) as mirror:
        download(FILE, tmp_path, [mirror.url])
        other.write(b"late")
    assert (tmp_path / NAME).read_bytes() == CONTENT


def test_the_file_may_be_read_by_others(tmp_path):
    before = os.umask(0o022)
    try:
        with serving({NAME: CONTENT}) as mirror:
            download(FILE, tmp_path, [mirror.url])
    finally:
        os.umask(before)
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o644
