"""BackpropagationPlay: its state and numbers in Python, and the module that draws it."""
