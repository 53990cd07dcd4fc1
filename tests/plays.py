"""Every explorable of the book, in a state in which it shows much."""

from course_utils.explore import (
    AdversarialPlay,
    AutoencoderPlay,
    BackpropagationPlay,
    BuilderPlay,
    ConvolutionPlay,
    DecisionPlay,
    FoldPlay,
    PerceptronPlay,
)

#: Name of its pictures → a function that makes a new one.
BUSY = {
    "adversarial": lambda: AdversarialPlay(preset="Spiral", form="minimax", moves=300),
    "autoencoder": lambda: AutoencoderPlay(
        network="denoising", picture="7", noise=0.3, code=[1.0, 1.5]
    ),
    "backpropagation": lambda: BackpropagationPlay("2-2-1 network", step=25),
    "builder": lambda: BuilderPlay(target="own", kind="steps", pieces=11),
    "convolution": lambda: ConvolutionPlay(picture="8", preset="Emboss", padding=2, position=37),
    "decision": lambda: DecisionPlay(sigma_1=9, prior=0.45, threshold=0.4),
    "fold": lambda: FoldPlay(preset="Two corners", slope=-0.5),
    "perceptron": lambda: PerceptronPlay(preset="Narrow margin", steps=77, show_separator=True),
}
