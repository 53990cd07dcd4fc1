"""The explorables: one anywidget per "Play" of the book.

Each is a Python class whose synced traits hold its whole state, and a plain ES module that draws
it. The derived numbers are computed in JavaScript, so that a page shows them with no kernel, and
again in Python by the reference implementations of `course_utils`, for use in a notebook.
"""

from course_utils.explore.adversarial import AdversarialPlay
from course_utils.explore.autoencoder import AutoencoderPlay
from course_utils.explore.backpropagation import BackpropagationPlay
from course_utils.explore.builder import BuilderPlay
from course_utils.explore.convolution import ConvolutionPlay
from course_utils.explore.decision import DecisionPlay
from course_utils.explore.fold import FoldPlay
from course_utils.explore.perceptron import PerceptronPlay

__all__ = [
    "AdversarialPlay",
    "AutoencoderPlay",
    "BackpropagationPlay",
    "BuilderPlay",
    "ConvolutionPlay",
    "DecisionPlay",
    "FoldPlay",
    "PerceptronPlay",
]
