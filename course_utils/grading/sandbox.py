"""The sandbox: bubblewrap with an allow-list of files, no network, and no way to more rights.

What is not named here is not there: solutions, tests, gradebook, other submissions, homes.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from functools import cache
from pathlib import Path

import course_utils
from course_utils.grading.limits import SCRATCH, STUDENT_ID

#: What programs need of /etc; secrets lie elsewhere in it.
_OF_ETC = ("alternatives", "fonts", "ld.so.cache", "localtime", "mime.types", "ssl/certs")
_PASSWD = f"student:x:{STUDENT_ID}:{STUDENT_ID}::{SCRATCH}:/bin/sh\n"
_TRIAL_SECONDS = 30

#: One thread for each library: a thread per core in each process makes all of them slower.
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}

_PACKAGE = Path(course_utils.__file__).parent

INSTALL_ADVICE = (
    "install bubblewrap (Debian, Ubuntu: apt-get install bubblewrap; Fedora: dnf install "
    "bubblewrap), or grade in the container that Dockerfile describes"
)


@cache
def why_unavailable() -> str | None:
    """Why submissions cannot be run in a sandbox here, and what to do; None where they can."""
    if not sys.platform.startswith("linux"):
        return (
            f"bubblewrap needs Linux, and this is {sys.platform}; grade in the container that "
            f"Dockerfile describes"
        )
    if shutil.which("bwrap") is None:
        return f"bubblewrap is not installed; {INSTALL_ADVICE}"
    trial = "from course_utils.grading.confinement import try_out; try_out()"
    try:
        process = start([sys.executable, "-c", trial], keep=(), hidden=())
        _, complaint = process.communicate(timeout=_TRIAL_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        return f"bubblewrap did not answer for {_TRIAL_SECONDS} s; {INSTALL_ADVICE}"
    except OSError as problem:
        return f"bubblewrap cannot be started ({problem}); {INSTALL_ADVICE}"
    if process.returncode == 0:
        return None
    reason = (complaint.decode(errors="replace").strip().splitlines() or ["no reason given"])[-1]
    if "Unknown option" in reason:
        return f"{version()} is too old ({reason}); 0.8 or newer is needed: {INSTALL_ADVICE}"
    return (
        f"bubblewrap is there but cannot make a sandbox ({reason}): user namespaces are switched "
        f"off on this machine, or this is a container without the rights to make them; see "
        f"'Where no sandbox can be made' on the instructors' page"
    )


def version() -> str:
    """Name and version of the program that makes the sandbox."""
    answer = subprocess.run(["bwrap", "--version"], capture_output=True, text=True, check=True)
    return answer.stdout.strip()


def start(
    command: list[str], *, keep: tuple[int, ...], hidden: tuple[str, ...]
) -> subprocess.Popen[bytes]:
    """Start a command in a new sandbox.

    Parameters
    ----------
    command
        Program and arguments.
    keep
        File descriptors it inherits.
    hidden
        Modules of the course whose files are not to be there.

    Raises
    ------
    OSError
        Where the process cannot be started.
    """
    passwd, writer = os.pipe()
    os.write(writer, _PASSWD.encode())
    os.close(writer)
    as_root = os.geteuid() == 0
    arguments = [*_bubblewrap(as_root, passwd, hidden), "--", *command]
    if as_root:
        arguments = [sys.executable, "-m", "course_utils.grading.two_users", *arguments]
    try:
        return subprocess.Popen(
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            pass_fds=(*keep, passwd),
        )
    finally:
        os.close(passwd)


def _bubblewrap(as_root: bool, passwd: int, hidden: tuple[str, ...]) -> list[str]:
    """Command line up to the program."""
    # As root, the namespace is made before (two_users.py) and has all its users.
    users = [] if as_root else ["--unshare-user", "--disable-userns"]
    identity = [] if as_root else ["--uid", str(STUDENT_ID), "--gid", str(STUDENT_ID)]
    return [
        "bwrap",
        *users,
        *identity,
        *("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"),
        "--unshare-cgroup-try",
        *("--die-with-parent", "--new-session", "--hostname", "grading"),
        *("--cap-add", "ALL", "--clearenv"),
        *(word for pair in environment().items() for word in ("--setenv", *pair)),
        *("--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--tmpfs", "/tmp"),
        *_files(hidden),
        *("--perms", "0644", "--ro-bind-data", str(passwd), "/etc/passwd"),
        *("--perms", "1777", "--tmpfs", SCRATCH, "--chdir", SCRATCH),
        # Where students have the worker's user, what it could write one could leave for the next.
        *("--remount-ro", str(_PACKAGE), "--remount-ro", "/tmp", "--remount-ro", "/dev"),
        *("--remount-ro", "/"),
    ]


def environment(home: str = SCRATCH) -> dict[str, str]:
    """All of a worker's environment; nothing of the instructor's."""
    return {
        "HOME": home,
        "LANG": "C.UTF-8",
        "LOGNAME": "student",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": f"{home}/.matplotlib",
        "PIP_RETRIES": "0",
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "TERM": "dumb",
        "USER": "student",
        **ONE_THREAD,
    }


def _files(hidden: tuple[str, ...]) -> list[str]:
    """Mounts: the system's programs, this Python and its packages, the course's package."""
    words: list[str] = []
    made: set[Path] = {Path("/")}

    def make_parents(path: Path) -> None:
        for parent in reversed(path.parents):  # bubblewrap would make them for root alone
            if parent not in made:
                words.extend(("--perms", "0755", "--dir", str(parent)))
                made.add(parent)

    def bind(path: Path) -> None:
        if not path.exists():
            return
        make_parents(path)
        words.extend(("--ro-bind", str(path), str(path)))

    bind(Path("/usr"))
    for name in ("bin", "sbin", "lib", "lib32", "lib64"):
        link = Path("/", name)
        if link.is_symlink():
            words.extend(("--symlink", str(link.readlink()), str(link)))
        else:
            bind(link)
    for name in _OF_ETC:
        bind(Path("/etc", name))
    for prefix in sorted(_python_folders()):
        if not prefix.is_relative_to("/usr"):
            bind(prefix)
    package = _PACKAGE
    if not any(package.is_relative_to(folder) for folder in _python_folders()):
        make_parents(package)
    words.extend(("--perms", "0755", "--tmpfs", str(package)))  # over what a bound folder shows
    withheld = {package / name.partition(".")[2].replace(".", "/") for name in hidden}
    for path in _shown(package, withheld):
        if path.parent != package and path.parent not in made:
            words.extend(("--perms", "0755", "--dir", str(path.parent)))
            made.add(path.parent)
        words.extend(("--ro-bind", str(path), str(path)))
    return words


def _shown(folder: Path, withheld: set[Path]) -> list[Path]:
    """Files and folders of a package without the withheld modules and their compiled form."""
    found: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.name == "__pycache__" or path.with_suffix("") in withheld:
            continue
        if path.is_dir() and any(module.is_relative_to(path) for module in withheld):
            found += _shown(path, withheld)
        else:
            found.append(path)
    return found


@cache
def _python_folders() -> frozenset[Path]:
    """Where the interpreter, its library and the installed packages lie."""
    found = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.base_exec_prefix)}
    found |= {Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib")}
    real = {path.resolve() for path in found} | {Path(sys.executable).resolve().parent}
    inner = {p for p in found | real if any(p != q and p.is_relative_to(q) for q in found | real)}
    return frozenset((found | real) - inner)
