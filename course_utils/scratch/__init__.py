"""PyTorch from scratch: the same names, in code to be read.

`import course_utils.scratch as torch`, and a PyTorch program runs on it.

The reader's path
-----------------
1.  `tensor`         what a tensor is: an array, its derivative, the way it was computed
2.  `graph`          an operation is recorded as a node; `run_backward` walks from the youngest
                     node to the oldest. The heart of the engine: read this one twice
3.  `elementwise`    +, ×, exp, tanh …: a forward and its derivative beside it, one after another
4.  `products`, `reductions`, `shapes`, `choices`, `selection`, `indexing`    the other operations
5.  `autograd`       what a program calls: backward, grad; `recording`: no_grad
6.  `inplace`        x += 1, and when it is refused
7.  `nn.module`, `nn.linear`, `nn.activation`, `nn.loss`     a network is a tree of modules
8.  `optim.optimizer`, `optim.sgd`, `optim.adam`             a step
9.  `nn.windows`, `nn.pooling`, `nn.normalization`, `nn.recurrent`, `nn.attention`    more layers
10. `utils.data`     batches
11. `arrays`, `dtypes`, `random`     what all stands on: which library holds the numbers, their
                     types, PyTorch's random numbers

Steps 1 to 3 and 7 are the engine, an evening's reading; the rest follows the same pattern.
Imports run one way: arrays → tensor → recording → graph → operations → nn → optim.
"""

import functools as _functools
import math as _math
import warnings as _warnings

from course_utils.scratch import (
    accelerator,
    arrays,
    autograd,
    backends,
    cuda,
    linalg,
    nn,
    optim,
    random,
    utils,
)
from course_utils.scratch import dtypes as _dtypes
from course_utils.scratch import inplace_methods as _inplace_methods
from course_utils.scratch import selection as _selection
from course_utils.scratch.arrays import device, set_default_device
from course_utils.scratch.dtypes import (
    can_cast,
    double,
    dtype,
    finfo,
    float16,
    float32,
    float64,
    get_default_dtype,
    half,
    iinfo,
    int8,
    int16,
    int32,
    int64,
    long,
    promote_types,
    set_default_dtype,
    short,
    uint8,
)
from course_utils.scratch.operation import NAMES as _NAMES
from course_utils.scratch.printing import set_printoptions
from course_utils.scratch.random import (
    Generator,
    get_rng_state,
    initial_seed,
    manual_seed,
    seed,
    set_rng_state,
)
from course_utils.scratch.recording import (
    enable_grad,
    inference_mode,
    is_grad_enabled,
    no_grad,
    set_grad_enabled,
)
from course_utils.scratch.serialization import load, save
from course_utils.scratch.tensor import Size, Tensor, is_tensor
from course_utils.scratch.threads import get_num_threads, set_num_threads

# Names that Python has too; nothing below this line may use Python's.
bool, int, float = _dtypes.bool_, _dtypes.int32, _dtypes.float32
inf, nan, pi, e = _math.inf, _math.nan, _math.pi, _math.e
newaxis = None
__version__ = "2.13.0+scratch"  # the PyTorch whose behaviour this is
FloatTensor, DoubleTensor, LongTensor, BoolTensor = (
    _functools.partial(_NAMES["tensor"], dtype=_each) for _each in (float32, float64, int64, bool)
)
globals().update(_NAMES)

# As in PyTorch, + − × go on with inf and nan without a word. `quiet` would cost them a microsecond.
_warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"course_utils\.scratch\.")
