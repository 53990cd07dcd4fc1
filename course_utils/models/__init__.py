"""Every network of the book, written once, for either engine.

A network is a function whose first argument is the engine: `lenet5(torch)` after `import torch`
is PyTorch's, and after `import course_utils.scratch as torch` the course's own. Both have the same
`state_dict` keys, so weights travel between them.
"""

from course_utils.models.adversarial import discriminator, generator
from course_utils.models.autoencoder import autoencoder
from course_utils.models.convolutional_autoencoder import convolutional_autoencoder
from course_utils.models.lenet5 import lenet5
from course_utils.models.lenet1989 import lenet1989
from course_utils.models.mlp import mlp
from course_utils.models.residual import residual_block

__all__ = [
    "autoencoder",
    "convolutional_autoencoder",
    "discriminator",
    "generator",
    "lenet5",
    "lenet1989",
    "mlp",
    "residual_block",
]
