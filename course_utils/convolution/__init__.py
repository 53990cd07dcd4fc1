"""Convolution: one small kernel, laid over every place of a signal or an image."""
