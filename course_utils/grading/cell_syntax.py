"""What a code cell binds, uses and imports, read from its syntax."""

import ast
from functools import lru_cache

from IPython.core.inputtransformer2 import TransformerManager

#: IPython's reading of lines that are no Python takes time that grows with their square.
_MOST_MAGICS = 100


def parse(code: str) -> ast.Module:
    """Syntax tree of a cell, magics turned into Python.

    Raises
    ------
    SyntaxError, ValueError
        Where it is not even that.
    """
    try:
        return ast.parse(code)  # most cells are plain Python, and IPython's way takes much longer
    except SyntaxError:
        return ast.parse(TransformerManager().transform_cell(code))


@lru_cache(maxsize=500)
def defined_names(code: str) -> frozenset[str]:
    """Names that a cell binds at its top level: functions, classes, variables; no imports."""
    found: set[str] = set()
    for statement in _parse_if_possible(code).body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            found.add(statement.name)
            continue
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
    return frozenset(found)


@lru_cache(maxsize=500)
def used_names(code: str) -> frozenset[str]:
    """Every name that occurs in a cell."""
    return frozenset(
        node.id for node in ast.walk(_parse_if_possible(code)) if isinstance(node, ast.Name)
    )


def imported_modules(code: str) -> set[str]:
    """Modules that a cell imports; of ``from a import b``, both ``a`` and ``a.b``."""
    found: set[str] = set()
    for node in ast.walk(_parse_if_possible(code)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def _parse_if_possible(code: str) -> ast.Module:
    if code.lstrip().startswith("%%"):  # %%time and the like run the rest of the cell
        code = code.lstrip().partition("\n")[2]
    magics = sum(line.lstrip().startswith(("%", "!")) for line in code.splitlines())
    try:
        return parse(code) if magics <= _MOST_MAGICS else ast.Module([], [])
    except Exception:  # whatever a student's cell holds, IPython's transformers included
        return ast.Module([], [])
