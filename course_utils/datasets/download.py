"""Downloads that go on where they were interrupted, and count only when they are whole.

Pooch fetches a file under a temporary name, compares its checksum and only then gives it its name.
`Resuming` is the way it fetches: into a file ``NAME.part`` that outlives an interruption.
"""

import logging
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_utils.datasets.errors import DataError

#: Called with the name of the file, the bytes that are here, and all its bytes.
Progress = Callable[[str, int, int], None]

CONNECT, SILENCE = 15, 30  # seconds to wait for a connection, and for the next bytes
CHUNK = 1 << 16  # bytes


@dataclass(frozen=True)
class RemoteFile:
    """A file to download: its name, its size in bytes, and its SHA-256 as 64 hexadecimal digits."""

    name: str
    size: int
    sha256: str


class _TransferError(Exception):
    """One mirror did not give the file; the message is a few words."""


class _LocalError(Exception):
    """The file cannot be written here: another mirror would not help."""


@dataclass
class Resuming:
    """A downloader for Pooch that keeps what came before the connection broke.

    The rest is asked for with an HTTP Range request; a server that does not know these sends the
    whole file anew.
    """

    file: RemoteFile
    part: Path
    progress: Progress | None = None

    def __call__(self, url: str, output_file: str, pooch: Any) -> None:
        """Download to `output_file`; see `pooch.HTTPDownloader`."""
        import requests  # Pooch needs it, and it takes a moment to import

        try:
            if self._present() != self.file.size:
                self._transfer(url)
            # A copy, not a move: another download that has the part open cannot touch it.
            shutil.copy(self.part, output_file)
            self.part.unlink()
        except requests.RequestException as error:
            raise _TransferError(_in_words(error)) from None
        except OSError as error:
            self.part.unlink(missing_ok=True)
            raise _LocalError(error.strerror or str(error)) from None

    def _present(self) -> int:
        """Bytes that an earlier download left; a part that is too long is no part of the file."""
        if not self.part.exists():
            return 0
        size = self.part.stat().st_size
        if size > self.file.size:
            self.part.unlink()
            return 0
        return size

    def _transfer(self, url: str) -> None:
        """Bring the part to its full size, or raise."""
        import requests

        have, size = self._present(), self.file.size
        headers = {"Accept-Encoding": "identity"}
        if have:
            headers["Range"] = f"bytes={have}-"
        with requests.get(
            url, headers=headers, stream=True, timeout=(CONNECT, SILENCE)
        ) as response:
            response.raise_for_status()
            resumed = have and response.headers.get("Content-Range") == (
                f"bytes {have}-{size - 1}/{size}"
            )
            have = have if resumed else 0
            announced = response.headers.get("Content-Length")
            if announced is not None and announced != str(size - have):
                raise _TransferError(f"it offers {announced} bytes instead of {size - have}")
            with self.part.open("ab" if resumed else "wb") as file:
                for chunk in response.iter_content(CHUNK):
                    have += len(chunk)
                    if have > size:
                        raise _TransferError(f"it sends more than the {size} bytes of the file")
                    file.write(chunk)
                    if self.progress is not None:
                        self.progress(self.file.name, have, size)
        if have < size:
            raise _TransferError(f"it stopped after {have} of {size} bytes")


def download(
    file: RemoteFile, folder: Path, mirrors: Sequence[str], progress: Progress | None = None
) -> Path:
    """Download a file into a folder, from the first mirror that gives it whole.

    Returns
    -------
    Path
        The file, with the right checksum.

    Raises
    ------
    DataError
        No mirror gave it, one is no web address, or the file cannot be written. No file of its
        name is there then; what came before a connection broke is kept in a ``.part`` for the next
        time.
    """
    import pooch

    for mirror in mirrors:
        if not re.match(r"https?://[^/\s]", mirror):
            raise DataError(f"a mirror is an address like https://host/folder, not {mirror!r}")
    _require_writable(folder, file)
    pooch.get_logger().setLevel(logging.WARNING)  # of Pooch's two lines a file we print our own
    part = folder / f"{file.name}.part"
    failures = []
    for mirror in mirrors:
        try:
            found = pooch.retrieve(
                f"{mirror.rstrip('/')}/{file.name}",
                known_hash=f"sha256:{file.sha256}",
                fname=file.name,
                path=folder,
                downloader=Resuming(file, part, progress),
            )
            return Path(found)
        except _TransferError as failure:
            failures.append(f"{mirror.split('/')[2]}: {failure}")
        except _LocalError as failure:
            raise DataError(f"cannot write {folder / file.name}: {failure}") from None
        except OSError as failure:  # Pooch's, as it gives the file its name
            raise DataError(f"cannot write {folder / file.name}: {failure.strerror}") from None
        except ValueError:  # Pooch's, where checksums differ; the file is gone then
            failures.append(f"{mirror.split('/')[2]}: wrong checksum")
    raise DataError(
        f"cannot download {file.name}: {'; '.join(failures)}. Run the command again to go on, or "
        f"put the file into {folder}"
    )


def _require_writable(folder: Path, file: RemoteFile) -> None:
    """Make the folder, and refuse one that takes no file, in one line; Pooch's has several."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
    except OSError as failure:
        raise DataError(f"cannot write {folder / file.name}: {failure.strerror}") from None


def _in_words(error: Exception) -> str:
    """What went wrong on the way, in a few words."""
    import requests

    if isinstance(error, requests.HTTPError):
        return f"answered {error.response.status_code} {error.response.reason}"
    if isinstance(error, requests.Timeout):
        return "no answer in time"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "the connection broke"
    if isinstance(error, requests.ConnectionError):
        return "no connection"
    if isinstance(error, ValueError):  # requests has several for addresses
        return "no web address"
    return type(error).__name__
