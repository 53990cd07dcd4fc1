"""Switches that PyTorch programs ask for: Apple's `mps` is not there, `cudnn` changes nothing."""

from types import SimpleNamespace

mps = SimpleNamespace(is_available=lambda: False, is_built=lambda: False)
cudnn = SimpleNamespace(deterministic=True, benchmark=False, enabled=False)
