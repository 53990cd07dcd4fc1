"""The house: imports run one way, PyTorch is not needed, nothing generated is committed."""

import ast
import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY

PACKAGE = REPOSITORY / "course_utils"
#: Modules that need what only an instructor installs.
INSTRUCTOR = {"release", "cli", "cli_data", "cli_reproduce", "atomic", "course_tree", "grading"}
#: Commands that run the course's own code, and which.
COMMANDS = {"cli_data": {"datasets"}, "cli_reproduce": {"datasets", "reproduce"}}

BLOCK_IMPORTS = """
import sys
class Missing:
    def find_spec(name, path=None, target=None):
        if name in ("torch", "nbgrader", "jupytext", "typer"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Missing)
"""


def modules():
    return sorted(path for path in PACKAGE.rglob("*.py"))


def imported(path):
    """Names of the course_utils modules that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("course_utils"):
            names = [node.module] + [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name.startswith("course_utils.")]
        found |= {name.split(".")[1] for name in names if name.count(".")}
    return found


def topic(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_imports_run_one_way():
    chapters = {topic(path) for path in modules()} - INSTRUCTOR - {"__init__", "explore"}
    for path in modules():
        found = imported(path)
        if topic(path) in INSTRUCTOR:
            allowed = INSTRUCTOR | {"checks"} | COMMANDS.get(topic(path), set())
            assert found <= allowed, f"{path}: grading needs no chapter code"
        elif topic(path) != "explore":
            assert "explore" not in found, f"{path}: only the book imports explore"
            assert found <= chapters, path


def test_there_are_no_import_cycles():
    graph = {}
    for path in modules():
        graph.setdefault(topic(path), set()).update(imported(path) - {topic(path)})
    done = set()
    while len(done) < len(graph):
        free = {name for name in graph if name not in done and graph[name] <= done}
        assert free, f"a cycle among {sorted(set(graph) - done)}"
        done |= free


def test_chapter_modules_do_without_pytorch_and_grading_tools():
    names = [topic(p) for p in modules() if p.parent == PACKAGE and topic(p) not in INSTRUCTOR]
    names = [name for name in names if name != "__init__"] + ["explore"]
    code = BLOCK_IMPORTS + "".join(f"import course_utils.{name}\n" for name in names)
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_module_is_small_and_says_what_it_is_for(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 250
    docstring = ast.get_docstring(ast.parse(text))
    assert docstring, "the first sentence names the module's one job"
    assert docstring.splitlines()[0].endswith((".", ":"))


def test_code_is_linted_and_formatted():
    ruff = [sys.executable, "-m", "ruff"]
    for command in (["check", "."], ["format", "--check", "."]):
        result = subprocess.run([*ruff, *command], cwd=REPOSITORY, capture_output=True, text=True)
        assert result.returncode == 0, result.stdout


def test_nothing_generated_or_large_is_committed():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout.split()
    assert listed
    for name in listed:
        path = REPOSITORY / name
        assert not name.startswith(("_build/", "class/", "node_modules/", ".venv/")), name
        assert not path.exists() or path.stat().st_size < 1_000_000, name
    for name in (n for n in listed if n.endswith(".ipynb")):
        assert '"output_type"' not in (REPOSITORY / name).read_text(encoding="utf-8"), name
