"""The functions of `nn` under PyTorch's names, `import … nn.functional as F`; an index, no more."""

from course_utils.scratch.nn.activation import (
    celu,
    elu,
    gelu,
    glu,
    hardsigmoid,
    hardswish,
    hardtanh,
    leaky_relu,
    log_softmax,
    logsigmoid,
    mish,
    prelu,
    relu,
    relu6,
    selu,
    sigmoid,
    silu,
    softmax,
    softplus,
    softsign,
    tanh,
)
from course_utils.scratch.nn.attention import scaled_dot_product_attention
from course_utils.scratch.nn.convolution import conv1d, conv2d, conv_transpose1d, conv_transpose2d
from course_utils.scratch.nn.cross_entropy import cross_entropy, nll_loss
from course_utils.scratch.nn.dropout import dropout, dropout1d, dropout2d
from course_utils.scratch.nn.linear import bilinear, linear
from course_utils.scratch.nn.loss import (
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    gaussian_nll_loss,
    huber_loss,
    kl_div,
    l1_loss,
    mse_loss,
    smooth_l1_loss,
)
from course_utils.scratch.nn.margin_loss import (
    cosine_embedding_loss,
    hinge_embedding_loss,
    margin_ranking_loss,
    multi_margin_loss,
    soft_margin_loss,
    triplet_margin_loss,
)
from course_utils.scratch.nn.normalization import batch_norm, group_norm, instance_norm, layer_norm
from course_utils.scratch.nn.padding import pad
from course_utils.scratch.nn.pooling import (
    adaptive_avg_pool1d,
    adaptive_avg_pool2d,
    adaptive_max_pool2d,
    avg_pool1d,
    avg_pool2d,
    max_pool1d,
    max_pool2d,
)
from course_utils.scratch.nn.similarity import cosine_similarity, normalize, pairwise_distance
from course_utils.scratch.nn.sparse import embedding, one_hot
from course_utils.scratch.nn.unfolding import fold, unfold
from course_utils.scratch.nn.upsampling import interpolate
