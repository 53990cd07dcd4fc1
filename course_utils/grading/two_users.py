"""Run a command, as root, in a user namespace of two users: root's own, and one for students.

``python -m course_utils.grading.two_users PROGRAM ARGUMENT …``. The kernel does not bind root by a
limit on the number of processes, and bubblewrap itself gives a sandbox one user only.
"""

import os
import sys
from pathlib import Path

from course_utils.grading import linux
from course_utils.grading.limits import STUDENT_ID

#: Students' number outside the sandbox: beyond those that systems give to people and services.
_OUTSIDE = 2_000_000_000


def main() -> None:
    """Enter the namespace, close it to further ones, become the command."""
    own, outside = os.getpid(), _OUTSIDE + os.getpid()  # one number a sandbox: limits are by user
    entered, tell = os.pipe()
    helper = os.fork()
    if helper == 0:  # stays outside, where it may write the maps
        os.close(tell)
        if not os.read(entered, 1):  # no namespace could be made; the other process says so
            os._exit(1)
        maps = f"0 0 1\n{STUDENT_ID} {outside} 1\n"
        Path(f"/proc/{own}/uid_map").write_text(maps)
        Path(f"/proc/{own}/gid_map").write_text(maps)
        os._exit(0)
    linux.unshare(linux.NEW_USERS)
    os.write(tell, b"x")
    if os.waitpid(helper, 0)[1] != 0:
        sys.exit("the users of the sandbox could not be set")
    Path("/proc/sys/user/max_user_namespaces").write_text("0")  # of this namespace only
    os.execvp(sys.argv[1], sys.argv[1:])


if __name__ == "__main__":
    main()
