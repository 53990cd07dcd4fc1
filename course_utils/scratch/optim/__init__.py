"""Optimizers, under PyTorch's names: each changes parameters in place, given their gradients."""

from course_utils.scratch.optim import lr_scheduler
from course_utils.scratch.optim.adagrad import Adagrad
from course_utils.scratch.optim.adam import Adam, AdamW
from course_utils.scratch.optim.optimizer import Optimizer
from course_utils.scratch.optim.rmsprop import RMSprop
from course_utils.scratch.optim.sgd import SGD

__all__ = ["SGD", "Adagrad", "Adam", "AdamW", "Optimizer", "RMSprop", "lr_scheduler"]
