"""File permissions as an ordinary user meets them: they do not bind root, whom CI may run as."""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import numpy as np

NOBODY = 65534


@contextmanager
def ordinary_user():
    """Give up root's rights for a while, where this process has them."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def python_for_everyone(folder):
    """A Python of this version, with the packages of this one, that an ordinary user may start.

    This one where they may. Else one of the system's, in an environment made in ``folder``; None
    where there is none.
    """
    packages = Path(np.__file__).parent.parent
    if _started_by_everyone([sys.executable], packages):
        return Path(sys.executable)
    system = Path(f"/usr/bin/python3.{sys.version_info.minor}")
    if not _started_by_everyone([system], packages):
        return None
    made = folder / "environment"
    subprocess.run([system, "-m", "venv", "--without-pip", made], check=True)
    inner = made / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
    inner.rmdir()
    inner.symlink_to(packages)
    return made / "bin" / "python"


def _started_by_everyone(command, packages):
    look = f"import os, sys; os.listdir({str(packages)!r}); print(sys.version_info[:2])"
    try:
        done = subprocess.run([*command, "-c", look], capture_output=True, text=True, **as_nobody())
    except OSError:
        return False
    return done.stdout.strip() == str(tuple(sys.version_info[:2]))


def as_nobody():
    """For `subprocess`: start a command without root's rights, where this process has them."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": ()} if os.geteuid() == 0 else {}


@contextmanager
def open_folder(parent=None):
    """A temporary folder that everyone may enter, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp(dir=parent))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        for path in (folder, *folder.rglob("*")):
            if path.is_dir():
                path.chmod(0o755)
        shutil.rmtree(folder)
