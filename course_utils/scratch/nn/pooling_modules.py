"""The layers of `pooling`; they have nothing to learn."""

from typing import Any

from course_utils.scratch.nn import pooling
from course_utils.scratch.nn.stateless import Stateless


class _Pool(Stateless):
    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        if getattr(self, "stride", 0) is None:
            self.stride = self.kernel_size

    def extra_repr(self) -> str:
        """As PyTorch prints it."""
        shown = self.settings()
        kind = shown.pop("count_include_pad", None), shown.pop("return_indices", None)
        text = ", ".join(f"{name}={value}" for name, value in shown.items())
        return text if kind[1] is None else f"{text}, ceil_mode=False"


MaxPool1d = _Pool.of("MaxPool1d", pooling.max_pool1d)
MaxPool2d = _Pool.of("MaxPool2d", pooling.max_pool2d)
AvgPool1d = _Pool.of("AvgPool1d", pooling.avg_pool1d)
AvgPool2d = _Pool.of("AvgPool2d", pooling.avg_pool2d)
AdaptiveAvgPool1d = _Pool.of("AdaptiveAvgPool1d", pooling.adaptive_avg_pool1d)
AdaptiveAvgPool2d = _Pool.of("AdaptiveAvgPool2d", pooling.adaptive_avg_pool2d)
AdaptiveMaxPool2d = _Pool.of("AdaptiveMaxPool2d", pooling.adaptive_max_pool2d)
