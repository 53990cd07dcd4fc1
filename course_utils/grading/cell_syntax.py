"""What a code cell binds, uses and imports, read from its syntax."""

import ast
import symtable
from collections.abc import Iterator
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


@lru_cache(maxsize=500)
def read_names(code: str) -> frozenset[str]:
    """Names that a cell, or a function it defines, looks up at the top level of the notebook."""
    try:
        tables = list(_tables(symtable.symtable(code, "cell", "exec")))
    except Exception:  # magics, or it will not run
        return used_names(code)
    return frozenset(
        symbol.get_name()
        for table in tables
        for symbol in table.get_symbols()
        if symbol.is_referenced() and (symbol.is_global() or table.get_type() == "module")
    )


@lru_cache(maxsize=500)
def definitions(code: str) -> dict[str, str] | None:
    """What a cell binds that does nothing but define functions and import: name → what to.

    None for any other cell, and where running a function could change a name of the notebook.
    """
    tree = _tree_if_possible(code)
    if tree is None or _has_global(tree, code):
        return None
    found: dict[str, str] = {}
    for statement in tree.body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            names = {a.asname or a.name.partition(".")[0]: ast.dump(a) for a in statement.names}
            if "*" in names:
                return None
            found |= {
                name: f"{getattr(statement, 'module', '')} {of}" for name, of in names.items()
            }
        elif isinstance(statement, ast.FunctionDef) and _only_binds(statement):
            found[statement.name] = ast.dump(statement)
        elif not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
            return None
    return found


def _has_global(tree: ast.Module, code: str) -> bool:
    """Whether a function may rebind names of the notebook where it runs."""
    return "global" in code and any(isinstance(node, ast.Global) for node in ast.walk(tree))


def _only_binds(function: ast.FunctionDef) -> bool:
    """Whether nothing is computed where a function is defined."""
    arguments = function.args
    defaults = [*arguments.defaults, *(d for d in arguments.kw_defaults if d is not None)]
    hints = [node.annotation for node in ast.walk(arguments) if isinstance(node, ast.arg)]
    return (
        not function.decorator_list
        and all(isinstance(default, ast.Constant) for default in defaults)
        and not any(_computes(hint) for hint in [*hints, function.returns] if hint)
    )


def _computes(hint: ast.expr) -> bool:
    return any(isinstance(node, ast.Call | ast.NamedExpr) for node in ast.walk(hint))


def _tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for inner in table.get_children():
        yield from _tables(inner)


@lru_cache(maxsize=500)
def imported_modules(code: str) -> frozenset[str]:
    """Modules that a cell imports; of ``from a import b``, both ``a`` and ``a.b``."""
    if "import" not in code:
        return frozenset()
    found: set[str] = set()
    for node in ast.walk(_parse_if_possible(code)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


def _parse_if_possible(code: str) -> ast.Module:
    return _tree_if_possible(code) or ast.Module([], [])


@lru_cache(maxsize=100)
def _tree_if_possible(code: str) -> ast.Module | None:
    if code.lstrip().startswith("%%"):  # %%time and the like run the rest of the cell
        code = code.lstrip().partition("\n")[2]
    magics = sum(line.lstrip().startswith(("%", "!")) for line in code.splitlines())
    try:
        return parse(code) if magics <= _MOST_MAGICS else None
    except Exception:  # whatever a student's cell holds, IPython's transformers included
        return None
