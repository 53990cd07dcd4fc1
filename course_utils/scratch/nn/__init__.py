"""Networks: modules, layers, losses, under PyTorch's names; an index, no more."""

from course_utils.scratch.nn import functional, init, parameter, utils
from course_utils.scratch.nn.activation import (
    CELU,
    ELU,
    GELU,
    GLU,
    SELU,
    Hardsigmoid,
    Hardswish,
    Hardtanh,
    LeakyReLU,
    LogSigmoid,
    LogSoftmax,
    Mish,
    PReLU,
    ReLU,
    ReLU6,
    Sigmoid,
    SiLU,
    Softmax,
    Softplus,
    Softsign,
    Tanh,
)
from course_utils.scratch.nn.attention import MultiheadAttention
from course_utils.scratch.nn.containers import ModuleDict, ModuleList, ParameterList, Sequential
from course_utils.scratch.nn.convolution_modules import (
    Conv1d,
    Conv2d,
    ConvTranspose1d,
    ConvTranspose2d,
)
from course_utils.scratch.nn.cross_entropy import CrossEntropyLoss, NLLLoss
from course_utils.scratch.nn.dropout import Dropout, Dropout1d, Dropout2d
from course_utils.scratch.nn.linear import Bilinear, Flatten, Identity, Linear, Unflatten
from course_utils.scratch.nn.loss import (
    BCELoss,
    BCEWithLogitsLoss,
    GaussianNLLLoss,
    HuberLoss,
    KLDivLoss,
    L1Loss,
    MSELoss,
    SmoothL1Loss,
)
from course_utils.scratch.nn.margin_loss import (
    CosineEmbeddingLoss,
    CosineSimilarity,
    HingeEmbeddingLoss,
    MarginRankingLoss,
    MultiMarginLoss,
    PairwiseDistance,
    SoftMarginLoss,
    TripletMarginLoss,
)
from course_utils.scratch.nn.module import Module, Parameter
from course_utils.scratch.nn.normalization_modules import (
    BatchNorm1d,
    BatchNorm2d,
    GroupNorm,
    InstanceNorm1d,
    InstanceNorm2d,
    LayerNorm,
)
from course_utils.scratch.nn.pooling_modules import (
    AdaptiveAvgPool1d,
    AdaptiveAvgPool2d,
    AdaptiveMaxPool2d,
    AvgPool1d,
    AvgPool2d,
    MaxPool1d,
    MaxPool2d,
)
from course_utils.scratch.nn.recurrent import GRU, LSTM, RNN
from course_utils.scratch.nn.recurrent_cells import GRUCell, LSTMCell, RNNCell
from course_utils.scratch.nn.sparse import Embedding
from course_utils.scratch.nn.upsampling import Upsample
