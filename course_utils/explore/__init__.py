"""The explorables: one anywidget per "Play" of the book.

Each is a Python class whose synced traits hold its whole state, and a plain ES module that draws
it. The derived numbers are computed in JavaScript, so that a page shows them with no kernel, and
again in Python by the reference implementations of `course_utils`, for use in a notebook.
"""

from course_utils.explore.adversarial.play import AdversarialPlay
from course_utils.explore.autoencoder.play import AutoencoderPlay
from course_utils.explore.backpropagation.play import BackpropagationPlay
from course_utils.explore.builder.play import BuilderPlay
from course_utils.explore.convolution.play import ConvolutionPlay
from course_utils.explore.decision.play import DecisionPlay
from course_utils.explore.fold.play import FoldPlay
from course_utils.explore.perceptron.play import PerceptronPlay

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
