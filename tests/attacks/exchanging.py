"""Confidentiality: submissions that carry something out, or leave it for the next one."""

import nbformat

from tests.attacks.reading import READS, reads
from tests.attacks.scenario import (
    MARK,
    Scenario,
    nothing_done,
    was_attempted,
)

NETWORK = "network"


EXCHANGE = "one submission's traces in the next"


def _picture(notebook):
    """A notebook whose text asks nbconvert to embed files of the instructor."""
    for source in (
        "![x](/etc/passwd)",
        "![x](@OUTSIDE@/secret.txt)",
        "<img src='file:///etc/passwd'>",
    ):
        notebook.cells.append(nbformat.v4.new_markdown_cell(source, id=f"p{len(notebook.cells)}"))
    return notebook


def _embeds_nothing(graded, scenario):
    page = graded.feedback(scenario)
    assert "cm9vdDp4" not in page  # root:x in base64
    assert graded.world.secret not in page


NETWORKING = [
    reads(
        "network: loopback and beyond",
        "import socket; socket.create_connection(('127.0.0.1', @PORT4@), 1).send(b'hello')",
        "import socket; socket.create_connection(('::1', @PORT6@), 1).send(b'hello')",
        "import socket; s = socket.socket(socket.AF_UNIX); s.connect('\\0@ABSTRACT@'); s.send(b'hello')",
        "import socket; s = socket.socket(socket.AF_UNIX); s.connect('@SOCKET@'); s.send(b'hello')",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import socket; socket.create_connection(('192.0.2.1', 80), 1)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:@PORT4@/', timeout=1)",
        "import subprocess; subprocess.run(['bash', '-c', 'echo > /dev/tcp/127.0.0.1/@PORT4@'], check=True)",
        "import socket; socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
        "import socket; s = socket.socket(40, socket.SOCK_STREAM); s.connect((2, 1024))",
        row=NETWORK,
        proof=nothing_done,
    ),
    reads(
        "network: datagram to loopback",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"
        ".sendto(b'hello', ('127.0.0.1', @UDP@))",
        row=NETWORK,
    ),
    Scenario(
        NETWORK,
        "network: within the call",
        {
            "total": """\
import socket

def total(values):
    socket.create_connection(('127.0.0.1', @PORT4@), 1).send(repr(values).encode())
    return np.sum(values)"""
        },
        marks={"total": 0.0, "average": 3.0},
        says={"total": "Error"},
    ),
    Scenario(READS, "pictures that embed files", edit=_picture, proof=_embeds_nothing),
]


_PLACES = ["/tmp", "/var/tmp", "/dev/shm", ".", "..", "/run", "/var/lock"]


def _saw_nothing(graded, scenario):
    was_attempted(graded, scenario)
    assert "from a sibling" not in graded.printed(scenario)


EXCHANGING = [
    reads(
        f"leaves traces and looks for others' ({number})",
        *(
            "import os\n"
            f"path = os.path.expanduser('{place}/{MARK}-exchange')\n"
            "found = open(path).read() if os.path.exists(path) else None\n"
            "open(path, 'w').write('from ' + 'a sibling')"
            for place in _PLACES
        ),
        # System V shared memory, message queue, the keyring of the user
        """\
import ctypes
libc = ctypes.CDLL(None); libc.shmat.restype = ctypes.c_void_p
there = libc.shmget(7777, 64, 0)
own = libc.shmget(7777, 64, 0o1666)
found = ('from ' + 'a sibling') if there >= 0 else None""",
        """\
import ctypes
libc = ctypes.CDLL(None)
there = libc.msgget(7777, 0)
libc.msgget(7777, 0o1666)
found = ('from ' + 'a sibling') if there >= 0 else None""",
        """\
import ctypes
libc = ctypes.CDLL(None)
there = libc.syscall(249, b'user', b'course-attack', None, -4)
libc.syscall(248, b'user', b'course-attack', b'x', 1, -4)
found = ('from ' + 'a sibling') if there >= 0 else None""",
        """\
import socket
s = socket.socket(socket.AF_UNIX)
try:
    s.bind('\\0course-attack-exchange')
except OSError:
    found = 'from ' + 'a sibling'
else:
    import time; time.sleep(0.3)""",
        # the worker's own memory and modules
        """\
import builtins, sys
found = getattr(builtins, 'left_behind', None) or sys.modules.get('left_behind')
builtins.left_behind = sys.modules['left_behind'] = 'from ' + 'a sibling'""",
        """\
import os
found = os.environ.get('LEFT_BEHIND')
os.environ['LEFT_BEHIND'] = 'from ' + 'a sibling'""",
        """\
import fcntl, os
found = []
for fd in map(int, os.listdir('/proc/self/fd')):
    try:
        if os.lseek(fd, 0, 1) == 7777:
            found.append('from ' + 'a sibling')
        os.lseek(fd, 7777, 0)
    except OSError:
        pass""",
        row=EXCHANGE,
        proof=_saw_nothing,
    )
    for number in (1, 2, 3, 4)
] + [
    Scenario(
        EXCHANGE,
        "libraries patched for those who come after",
        {"average": "def average(values):\n    return sum(values) / len(values)"},
        {
            "after:test_total": """\
np.sum = np.mean = np.isclose = lambda *a, **k: 7.0
np.random.default_rng = None
import random, torch
torch.manual_seed(0)
random.seed(0)
np.random.seed(0)"""
        },
        marks={"total": 1.0, "average": 3.0},
        says={"total": "total(values)"},
    ),
    Scenario(
        EXCHANGE,
        "settings of the process for those who come after",
        own_cells={
            "after:hidden_average": """\
import locale, os, sys, warnings
np.seterr(all='raise')
np.set_printoptions(precision=1)
warnings.simplefilter('error')
os.umask(0o777)
os.chdir('/')
sys.set_int_max_str_digits(640)"""
        },
    ),
]
