"""Run a PyTorch program on either engine: as it is, or with its imports of torch replaced."""

import ast
import contextlib
import io
import random
from pathlib import Path

import numpy as np

PROGRAMS = sorted((Path(__file__).parent / "programs").glob("*.py"))
SCRATCH = "course_utils.scratch"


class ImportSwap(ast.NodeTransformer):
    """`import torch` → `import course_utils.scratch as torch`, in every form an import has."""

    def renamed(self, module):
        """The module's name on the other engine, or None where it does not belong to torch."""
        root, dot, rest = module.partition(".")
        return SCRATCH + dot + rest if root == "torch" else None

    def visit_Import(self, node):
        names = []
        for alias in node.names:
            module = self.renamed(alias.name)
            if module is None:
                names.append(alias)
            elif alias.asname or alias.name == "torch":
                names.append(ast.alias(module, alias.asname or "torch"))
            else:  # `import torch.utils.data` binds `torch`
                names += [ast.alias(module, "_submodule"), ast.alias(SCRATCH, "torch")]
        return ast.copy_location(ast.Import(names), node)

    def visit_ImportFrom(self, node):
        module = self.renamed(node.module) if node.module and not node.level else None
        if module is None:
            return node
        return ast.copy_location(ast.ImportFrom(module, node.names, 0), node)


def compiled(source, filename, swap):
    """The program's code, its imports swapped or not; line numbers stay those of the file."""
    tree = ast.parse(source, filename)
    if swap:
        tree = ast.fix_missing_locations(ImportSwap().visit(tree))
    return compile(tree, filename, "exec")


def run(path, torch, swap):
    """Execute a program in a fresh namespace.

    `torch` is the engine the program will find; its default dtype and its seed are those of a
    fresh interpreter, and the default dtype is put back afterwards. Returns the `results`, what
    was printed, and whether the program computed in double precision.
    """
    code = compiled(path.read_text(encoding="utf-8"), str(path), swap)
    namespace = {"__name__": "__main__", "__file__": str(path)}
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float32)
    torch.manual_seed(0)
    np.random.seed(0)
    random.seed(0)
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            exec(code, namespace)
        double = torch.get_default_dtype() is torch.float64
    finally:
        torch.set_default_dtype(before)
    return namespace["results"], printed.getvalue(), double
