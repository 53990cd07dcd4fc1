"""Confidentiality: submissions that read, link to or write what is not theirs.

What they print is looked through for secrets by a test that holds for all scenarios.
"""

from course_utils.grading.outcome import FAILED
from tests.attacks.expected import IS_LINK
from tests.attacks.scenario import (
    MARK,
    Scenario,
    attempts,
    nothing_done,
    was_attempted,
)
from tests.tiny_course import FILE

READS = "gradebook, solutions, other submissions, environment secrets"


LINKS = "symlinks"


def reads(title, *pieces, row=READS, **changes):
    """A right answer beside a cell that reads what it can."""
    return Scenario(
        row,
        title,
        own_cells={"before:total": attempts(*pieces)},
        **{"proof": was_attempted} | changes,
    )


READING = [
    reads(
        "gradebook",
        "found = open('@CLASS@/gradebook.db', 'rb').read()[:100]",
        "import sqlite3; found = sqlite3.connect('file:@CLASS@/gradebook.db?mode=ro', uri=True)"
        ".execute('SELECT * FROM grade').fetchall()",
        "found = open('../../../gradebook.db', 'rb').read()[:100]",
        "open('@CLASS@/gradebook.db', 'r+b').write(b'')",
        proof=nothing_done,
    ),
    reads(
        "solutions and hidden tests",
        "found = open('@COURSE@/solutions/01_tiny/tiny.py').read()",
        "found = open('@CLASS@/source/01_tiny/tiny.ipynb').read()",
        "found = open('@CLASS@/release/01_tiny/tiny.ipynb').read()",
        "found = open('@COURSE@/tests/answers/01_tiny/total.py').read()",
        "found = open('@COURSE@/nbgrader_config.py').read()",
        proof=nothing_done,
    ),
    reads(
        "solutions beside the package",
        """\
import course_utils, pathlib
root = pathlib.Path(course_utils.__file__).resolve().parents[1]
found = [str(p) for p in root.glob('solutions/*/*.py')]
found += [str(p) for p in root.glob('tests/answers/*/*.py')]
assert found""",
        proof=nothing_done,
    ),
    reads(
        "other submissions",
        "import glob; found = glob.glob('@CLASS@/submitted/*/*/*'); assert found",
        "import glob; found = glob.glob('../../*/*/*.ipynb'); assert found",
        "import glob; found = glob.glob('@CLASS@/autograded/*/*/*'); assert found",
        "import glob; found = glob.glob('@CLASS@/runs/*/*'); assert found",
        "found = open('@CLASS@/submitted/000z honest/01_tiny/tiny.ipynb').read()",
        proof=nothing_done,
    ),
    reads(
        "secrets of the environment",
        "import os; found = dict(os.environ)",
        "found = [open(f'/proc/{p}/environ', 'rb').read() for p in (1, 2, 3, 'self')]",
        """\
import glob
found = []
for path in glob.glob('/proc/[0-9]*/environ') + glob.glob('/proc/[0-9]*/task/*/environ'):
    try:
        found.append(open(path, 'rb').read())
    except OSError:
        pass""",
        """\
import ctypes
found = ctypes.CDLL(None).getenv; found.restype = ctypes.c_char_p
found = found(b'GRADER_TOKEN')""",
        "import subprocess; found = subprocess.check_output(['env'])",
    ),
    reads(
        "homes and system files",
        "found = open('@HOME@/secret.txt').read()",
        "found = open('@OUTSIDE@/secret.txt').read()",
        "import glob; found = glob.glob('/root/*') + glob.glob('/root/.ssh/*'); assert found",
        "import os; found = os.listdir('/home'); assert found",
        "found = open('/etc/shadow').read()",
        "import os; found = [os.listdir(f'/home/{name}') for name in os.listdir('/home')]; assert found",
        "import os; found = os.listdir('/run/user'), os.listdir('/var/run/docker.sock')",
        "found = open('/proc/1/root/@OUTSIDE@/secret.txt').read()",
        "found = open('/proc/self/cwd/../../../../../../..@OUTSIDE@/secret.txt').read()",
        proof=nothing_done,
    ),
    reads(
        "files of the host's kernel",
        "found = open('/proc/kcore', 'rb').read(64)",
        "found = open('/dev/mem', 'rb').read(64)",
        "import glob; assert (found := glob.glob('/dev/sd*') + glob.glob('/dev/vd*') + glob.glob('/dev/nvme*'))",
        "found = open('/dev/kmsg').readline()",
        "import ctypes; found = ctypes.create_string_buffer(9999)\n"
        "assert ctypes.CDLL(None).klogctl(3, found, 9999) > 0",
        proof=nothing_done,
    ),
    reads(
        "writes outside of its scratch folder",
        *(
            f"open('{place}/{MARK}', 'w').write('x')"
            for place in ("@OUTSIDE@", "@HOME@", "@CLASS@", "@COURSE@", "/", "/usr", "/etc")
        ),
        "import course_utils.checks as c; open(c.__file__, 'a').write('# attacked')",
        "import numpy; open(numpy.__file__, 'a').write('# attacked')",
        "import sys; open(sys.executable, 'r+b').write(b'x')",
        "import os, sys; os.unlink(sys.executable)",
        proof=nothing_done,
    ),
]


def _holds_nothing(graded, scenario):
    """No file of the graded folder, nor of its feedback, is or holds what a link led to."""
    for part in ("autograded", "feedback"):
        folder = graded.run.folder / part / graded.students[scenario.title]
        for path in folder.rglob("*"):
            assert not path.is_symlink(), path
            if path.is_file():
                content = path.read_bytes()
                assert graded.world.secret.encode() not in content, path
                assert not content.startswith(b"SQLite format 3"), path
                assert b"root:" not in content, path


LINKING = [
    Scenario(
        LINKS,
        f"link to {what}",
        links={name: target},
        proof=_holds_nothing,
    )
    for what, name, target in (
        ("the gradebook", "data.csv", "@CLASS@/gradebook.db"),
        ("the gradebook, relative", "data.csv", "../../../gradebook.db"),
        ("a system file", "notes.txt", "/etc/passwd"),
        ("a secret", "notes.txt", "@OUTSIDE@/secret.txt"),
        ("a folder", "data", "@OUTSIDE@"),
        ("the folder of all submissions", "all", "../.."),
        ("itself", "loop", "loop"),
        ("nowhere", "dangling", "/nowhere/at/all"),
        ("a process's files", "mine", "/proc/self/environ"),
    )
] + [
    Scenario(
        LINKS,
        f"notebook that is a link to {what}",
        file_name=None,
        links={FILE: target},
        state=FAILED,
        marks={},
        says=IS_LINK,
        proof=_holds_nothing,
    )
    for what, target in (
        ("a sibling's", f"../../000z honest/01_tiny/{FILE}"),
        ("the source", f"@CLASS@/source/01_tiny/{FILE}"),
        ("a device", "/dev/zero"),
        ("a device that blocks", "/dev/stdin"),
    )
]
