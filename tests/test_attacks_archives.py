"""Archives from a learning platform that climb out of their folder: nothing lands outside."""

import io
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from course_utils.grading.class_run import ClassRun
from course_utils.grading.outcome import GRADED
from course_utils.release import notebook_bytes
from tests.attacks.world import World
from tests.tiny_course import FILE, NAME, RIGHT, WITHOUT_KERNEL, answered, make_course

pytestmark = pytest.mark.slow

#: As an instructor would write it: the folder an archive was extracted to names the student.
PATTERN = """
c.ZipCollectApp.strict = False
c.FileNameCollectorPlugin.named_regexp = r".*/extracted/(?P<student_id>[^/]+)/(?P<file_id>.+)"
"""


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    with world.opened():
        world.course = make_course(tmp_path / "course", extra_config=PATTERN)
        world.archives = world.class_folder / "downloaded" / NAME / "archive"
        world.archives.mkdir(parents=True)
        world.right = notebook_bytes(answered(world.course, RIGHT))
        yield world


def zipped(*entries):
    """A zip archive of (name or ZipInfo, content)."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return file.getvalue()


def tarred(*entries):
    """A compressed tar archive of (name, content), or of (name, link target, kind of link)."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        for name, content, *kind in entries:
            info = tarfile.TarInfo(name)
            if kind:
                info.type, info.linkname = kind[0], content
                archive.addfile(info)
            else:
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
    return file.getvalue()


def zip_link(name, target):
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, 0o120777 << 16
    return info, target


def collect(world):
    """What nbgrader's own command says, once for all archives."""
    return subprocess.run(
        [Path(sys.executable).parent / "nbgrader", "zip_collect", NAME, "--force"],
        cwd=world.course.root,
        env=os.environ | {"COURSE_CLASS": str(world.class_folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def outside(world):
    """Every file but those that collecting may write."""
    inside = ("downloaded", "submitted")
    return {
        path: path.read_bytes()
        for path in world.root.rglob("*")
        if path.is_file()
        and not (world.class_folder in path.parents
                 and path.relative_to(world.class_folder).parts[0] in inside)
        and "__pycache__" not in path.parts
        and path.name != ".nbgrader.log"
    }  # fmt: skip


CLIMBING = {
    "zip, relative": lambda world: zipped((f"../../../../../escaped-{FILE}", b"x")),
    "zip, onto the gradebook": lambda world: zipped(("../../../../gradebook.db", b"x")),
    "zip, onto a sibling": lambda world: zipped((f"../honest/{FILE}", b"{")),
    "zip, absolute": lambda world: zipped((f"{world.outside}/secret.txt", b"x")),
    "zip, backslashes": lambda world: zipped(("..\\..\\..\\escaped.ipynb", b"x")),
    "zip, drive": lambda world: zipped(("C:/escaped.ipynb", b"x")),
    "zip, climbing in the middle": lambda world: zipped((f"a/../../../b/../../../{FILE}", b"x")),
    "tar, relative": lambda world: tarred((f"../../../../../escaped-{FILE}", b"x")),
    "tar, absolute": lambda world: tarred((f"{world.outside}/secret.txt", b"x")),
    "tar, link then file through it": lambda world: tarred(
        ("way", str(world.outside), tarfile.SYMTYPE), ("way/secret.txt", b"x")
    ),
}
LINKS = {
    "zip, link to a secret": lambda world: zipped(
        zip_link(FILE, f"{world.outside}/secret.txt"), ("notes.ipynb", b"{}")
    ),
    "tar, link to a secret": lambda world: tarred(
        (FILE, f"{world.outside}/secret.txt", tarfile.SYMTYPE)
    ),
    "tar, hard link to a secret": lambda world: tarred(
        (FILE, f"{world.outside}/secret.txt", tarfile.LNKTYPE)
    ),
    "tar, device": lambda world: tarred((FILE, "", tarfile.CHRTYPE)),
    "tar, fifo": lambda world: tarred((FILE, "", tarfile.FIFOTYPE)),
}


def put(world, name, content):
    suffix = ".zip" if content.startswith(b"PK") else ".tar.gz"
    (world.archives / f"{name}{suffix}").write_bytes(content)


@pytest.mark.parametrize("kind", CLIMBING)
def test_an_archive_that_climbs_writes_nothing_outside(world, kind):
    put(world, "honest", zipped((FILE, world.right)))
    put(world, "mallory", CLIMBING[kind](world))
    before = outside(world)
    result = collect(world)
    assert outside(world) == before, result.stderr
    submitted = world.class_folder / "submitted"
    assert not list(submitted.rglob("*escaped*"))
    for path in submitted.rglob(FILE):
        assert path.read_bytes() == world.right
    if result.returncode == 0:  # older setuptools leave the entry out, newer ones refuse
        assert (submitted / "honest" / NAME / FILE).is_file()
    else:
        assert "would be extracted outside of" in result.stderr


@pytest.mark.parametrize("kind", LINKS)
def test_an_archive_with_links_brings_nothing_in(world, kind):
    put(world, "honest", zipped((FILE, world.right)))
    put(world, "mallory", LINKS[kind](world))
    before = outside(world)
    result = collect(world)
    assert result.returncode == 0, result.stderr
    assert outside(world) == before
    for path in world.class_folder.rglob("*"):
        assert not path.is_symlink(), path
        if path.is_file():
            assert world.secret.encode() not in path.read_bytes() or path.suffix == ".gz", path
    with (world.course.root / "nbgrader_config.py").open("a") as config:
        config.write(WITHOUT_KERNEL)
    run = ClassRun(world.course, NAME)
    outcomes = {o.student: o for o in run.grade(lambda outcome, kept: None)}
    assert (outcomes["honest"].state, outcomes["honest"].score) == (GRADED, 6)
    if "mallory" in outcomes:
        assert outcomes["mallory"].score == 0
        assert world.secret not in outcomes["mallory"].why
