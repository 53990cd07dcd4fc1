"""What a module registers: the parameters, buffers and modules assigned as its attributes."""

from collections.abc import Iterator
from typing import Any

from course_utils.scratch.nn.parameter import Parameter, empty_parameter
from course_utils.scratch.tensor import Tensor

__all__ = ["Parameter", "Registry", "empty_parameter"]


class Registry:
    """Keeps parameters, buffers and modules by name, and finds those of all that it consists of."""

    training: bool

    def __init__(self) -> None:
        self.__dict__.update(
            _parameters={}, _buffers={}, _modules={}, _transient=set(), training=True
        )

    def __setattr__(self, name: str, value: Any) -> None:
        own = self.__dict__
        for noun, (kind, wanted, known) in KINDS.items():
            if noun != "buffer" and isinstance(value, wanted):
                if kind in own and name not in own[kind]:
                    for other in (own, own["_parameters"], own["_buffers"], own["_modules"]):
                        other.pop(name, None)
                return self._register(noun, name, value, "s" if noun == "parameter" else "")
            if name in own.get(kind, ()):
                if value is not None and not isinstance(value, wanted):
                    what = "child module" if noun == "module" else noun
                    given = f"'{type(value).__name__}' as {what} '{name}'"
                    raise TypeError(f"cannot assign {given} ({known} or None expected)")
                own[kind][name] = value
                return None
        return object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> Any:
        for kind in ("_parameters", "_buffers", "_modules"):
            held = self.__dict__.get(kind, ())
            if name in held:
                return held[name]
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __delattr__(self, name: str) -> None:
        for kind in ("_parameters", "_buffers", "_modules"):
            if name in self.__dict__[kind]:
                del self.__dict__[kind][name]
                return
        object.__delattr__(self, name)

    def __dir__(self) -> list[str]:
        members = [*self._parameters, *self._buffers, *self._modules]
        return sorted([*super().__dir__(), *(name for name in members if not name[:1].isdigit())])

    def _register(self, noun: str, name: str, value: Any, plural: str = "") -> None:
        """Take in a parameter, buffer or module (or None in its place) under a name."""
        kind, wanted, known = KINDS[noun]
        if kind not in self.__dict__:
            raise AttributeError(f"cannot assign {noun}{plural} before Module.__init__() call")
        if not isinstance(name, str):
            raise TypeError(f"{noun} name should be a string. Got {type(name).__name__}")
        if not name or "." in name:
            fault = 'contain "."' if name else 'be empty string ""'
            raise KeyError(f"{noun} name can't {fault}, got: {name!r}")
        if hasattr(self, name) and name not in self.__dict__[kind]:
            raise KeyError(f"attribute '{name}' already exists")
        if value is not None and not isinstance(value, wanted):
            raise TypeError(
                f"cannot assign '{type(value).__name__}' object to {noun} '{name}'"
                f" ({known} or None required)"
            )
        self.__dict__[kind][name] = value

    def register_parameter(self, name: str, param: Parameter | None) -> None:
        """Add a parameter, or None in the place of one."""
        self._register("parameter", name, param)

    def register_buffer(self, name: str, tensor: Tensor | None, persistent: bool = True) -> None:
        """Add a tensor that is not learnt; it is in `state_dict` if persistent."""
        self._register("buffer", name, tensor)
        (self._transient.discard if persistent else self._transient.add)(name)

    def add_module(self, name: str, module: "Registry | None") -> None:
        """Add a module."""
        self._register("module", name, module)

    def named_modules(
        self, memo: set | None = None, prefix: str = "", remove_duplicate: bool = True
    ) -> Iterator[tuple[str, "Registry"]]:
        """The module and all it consists of, each once, with their paths such as "0.fc"."""
        memo = set() if memo is None else memo
        if self in memo:
            return
        if remove_duplicate:
            memo.add(self)
        yield prefix, self
        for name, module in self._modules.items():
            if module is not None:
                path = f"{prefix}.{name}" if prefix else name
                yield from module.named_modules(memo, path, remove_duplicate)

    def _named(self, kind: str, prefix: str, recurse: bool, once: bool) -> Iterator:
        """Parameters or buffers with their paths, those that are shared once."""
        seen = set()
        modules = self.named_modules(None, prefix, once) if recurse else [(prefix, self)]
        for path, module in modules:
            for name, value in module.__dict__[kind].items():
                if value is not None and id(value) not in seen:
                    if once:
                        seen.add(id(value))
                    yield (f"{path}.{name}" if path else name), value

    def named_parameters(
        self, prefix: str = "", recurse: bool = True, remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Parameter]]:
        """Parameters with their paths, shared ones once."""
        return self._named("_parameters", prefix, recurse, remove_duplicate)

    def named_buffers(
        self, prefix: str = "", recurse: bool = True, remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Tensor]]:
        """Buffers with their paths."""
        return self._named("_buffers", prefix, recurse, remove_duplicate)

    def parameters(self, recurse: bool = True) -> Iterator[Parameter]:
        """Parameters of this module and, if `recurse`, of all it consists of."""
        return (parameter for _, parameter in self.named_parameters(recurse=recurse))

    def buffers(self, recurse: bool = True) -> Iterator[Tensor]:
        """Buffers of this module and, if `recurse`, of all it consists of."""
        return (buffer for _, buffer in self.named_buffers(recurse=recurse))

    def named_children(self) -> Iterator[tuple[str, "Registry"]]:
        """The modules that this one consists of directly, with their names, each once."""
        seen = set()
        for name, module in self._modules.items():
            if module is not None and module not in seen:
                seen.add(module)
                yield name, module

    def children(self) -> Iterator["Registry"]:
        """The modules that this one consists of directly."""
        return (module for _, module in self.named_children())

    def modules(self) -> Iterator["Registry"]:
        """The module and all it consists of."""
        return (module for _, module in self.named_modules())


#: Where each is kept, its class, and that class's name in PyTorch.
KINDS = {
    "parameter": ("_parameters", Parameter, "torch.nn.Parameter"),
    "module": ("_modules", Registry, "torch.nn.Module"),
    "buffer": ("_buffers", Tensor, "torch.Tensor"),
}
