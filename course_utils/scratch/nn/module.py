"""`Module`: a layer or a whole network, which knows its parameters and the modules in it."""

from collections import OrderedDict, namedtuple
from collections.abc import Callable, Mapping
from typing import Any, Self

from course_utils.scratch import dtypes
from course_utils.scratch.autograd import no_grad
from course_utils.scratch.nn.hooks import Hooked
from course_utils.scratch.nn.registry import Parameter, Registry
from course_utils.scratch.tensor import Size, Tensor, to_array, wrap

__all__ = ["Module", "Parameter"]


class _IncompatibleKeys(namedtuple("Keys", "missing_keys unexpected_keys")):
    """What `load_state_dict` did not find, and found in excess."""

    def __repr__(self) -> str:
        return super().__repr__() if any(self) else "<All keys matched successfully>"

    __str__ = __repr__


class Module(Registry, Hooked):
    """A layer or network: a subclass assigns parameters and modules, and defines `forward`.

    Source: torch.nn.Module, whose names, order and messages it has.
    """

    def forward(self, *input: Any) -> Any:
        """Compute the result; every subclass has its own."""
        name = type(self).__name__
        raise NotImplementedError(f'Module [{name}] is missing the required "forward" function')

    def get_submodule(self, target: str) -> "Module":
        """The module at a path such as "encoder.0"; AttributeError where there is none."""
        module = self
        for name in target.split(".") if target else ():
            if not isinstance(getattr(module, name, None), Module):
                raise AttributeError(f"{type(module).__name__} has no module `{name}`")
            module = getattr(module, name)
        return module

    def state_dict(
        self, *, destination: dict | None = None, prefix: str = "", keep_vars: bool = False
    ) -> dict[str, Tensor]:
        """Parameters and persistent buffers by path; they share memory with the module's."""
        destination = OrderedDict() if destination is None else destination
        for name, value in (*self._parameters.items(), *self._buffers.items()):
            if value is not None and name not in self._transient:
                destination[prefix + name] = value if keep_vars else value.detach()
        for name, module in self._modules.items():
            if module is not None:
                path = f"{prefix}{name}."
                module.state_dict(destination=destination, prefix=path, keep_vars=keep_vars)
        return destination

    def load_state_dict(
        self, state_dict: Mapping[str, Any], strict: bool = True
    ) -> _IncompatibleKeys:
        """Copy entries into parameters and buffers: ours, torch tensors or NumPy arrays, by path.

        Raises
        ------
        RuntimeError
            A shape differs, or, if `strict`, a path is missing or unexpected; what fits was copied.
        """
        if not isinstance(state_dict, Mapping):
            raise TypeError(f"Expected state_dict to be dict-like, got {type(state_dict)}.")
        own, errors = self.state_dict(keep_vars=True), []
        missing = [key for key in own if key not in state_dict]
        unexpected = [key for key in state_dict if key not in own]
        for kind, keys in (("Missing", missing), ("Unexpected", unexpected)):
            if strict and keys:
                names = ", ".join(f'"{key}"' for key in keys)
                errors.append(f"{kind} key(s) in state_dict: {names}. ")
        for key in (key for key in own if key in state_dict):
            value, target = state_dict[key], own[key]
            if not hasattr(value, "shape"):
                errors.append(f'"{key}": expected a tensor, but received {type(value)}')
            elif tuple(value.shape) != target.shape:
                errors.append(
                    f"size mismatch for {key}: copying a param with shape {Size(value.shape)} from"
                    f" checkpoint, the shape in current model is {target.shape}."
                )
            else:
                with no_grad():
                    target.copy_(wrap(to_array(value, target.dtype, target.device)))
        if errors:
            lines = "\n\t".join([f"{type(self).__name__}:", *errors])
            raise RuntimeError(f"Error(s) in loading state_dict for {lines}")
        return _IncompatibleKeys(missing, unexpected)

    def apply(self, fn: Callable[["Module"], Any]) -> Self:
        """Call a function on every module, this one last."""
        for module in self.children():
            module.apply(fn)
        fn(self)
        return self

    def _apply(self, convert: Callable[[Tensor], Tensor]) -> Self:
        """Replace all parameters' entries, their derivatives and the buffers by the converted."""
        for module in self.modules():
            for parameter in module.parameters(recurse=False):
                parameter.data = convert(parameter.data)
                if parameter.grad is not None:
                    parameter.grad = convert(parameter.grad)
            for name, buffer in module.named_buffers(recurse=False):
                module._buffers[name] = convert(buffer)
        return self

    def to(self, *args: Any, **keywords: Any) -> Self:
        """Move to a device or floating point type, or those of a tensor."""
        device, dtype = keywords.get("device"), keywords.get("dtype")
        for arg in args:
            if isinstance(arg, Tensor):
                device, dtype = arg.device, arg.dtype
            elif isinstance(arg, dtypes.dtype):
                dtype = arg
            elif arg is not None and not isinstance(arg, bool):
                device = arg
        if dtype is not None and not dtype.is_floating_point:
            raise TypeError(
                "nn.Module.to only accepts floating point or complex dtypes, but got desired"
                f" dtype={dtype}"
            )

        def convert(tensor: Tensor) -> Tensor:
            wanted = dtype if dtype and tensor.dtype.is_floating_point else tensor.dtype
            return tensor.to(device or tensor.device, wanted)

        return self._apply(convert)

    def double(self) -> Self:
        """Floating point entries as float64."""
        return self.to(dtypes.float64)

    def float(self) -> Self:
        """Floating point entries as float32."""
        return self.to(dtypes.float32)

    def cpu(self) -> Self:
        """Move to the CPU."""
        return self.to("cpu")

    def cuda(self, device: int | None = None) -> Self:
        """Move to the GPU."""
        return self.to("cuda" if device is None else f"cuda:{device}")

    def train(self, mode: bool = True) -> Self:
        """Set `training` here and below: Dropout and BatchNorm then behave as in training."""
        if not isinstance(mode, bool):
            raise ValueError("training mode is expected to be boolean")
        self.training = mode
        for module in self.children():
            module.train(mode)
        return self

    def eval(self) -> Self:
        """As `train(False)`."""
        return self.train(False)

    def requires_grad_(self, requires_grad: bool = True) -> Self:
        """Have the parameters learn, or freeze them."""
        for parameter in self.parameters():
            parameter.requires_grad_(requires_grad)
        return self

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Drop the parameters' derivatives, or set them to 0."""
        for parameter in self.parameters():
            if parameter.grad is not None:
                parameter.grad = None if set_to_none else parameter.grad.detach().zero_()

    def extra_repr(self) -> str:
        """What is printed between the parentheses."""
        return ""

    def __repr__(self) -> str:
        extra = self.extra_repr().split("\n") if self.extra_repr() else []
        parts = [f"({name}): {indented(repr(module))}" for name, module in self._modules.items()]
        inside = "".join(extra)
        if parts or len(extra) > 1:
            inside = "\n  " + "\n  ".join(extra + parts) + "\n"
        return f"{type(self).__name__}({inside})"


def indented(text: str) -> str:
    """The text with all its lines but the first moved in."""
    return text.replace("\n", "\n  ")
