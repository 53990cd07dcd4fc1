"""Programs that are to behave alike on either engine."""

import importlib

import pytest


@pytest.fixture(params=["torch", "course_utils.scratch"])
def torch(request):
    """PyTorch, then the engine: what a test says about `torch` has to hold for both."""
    return importlib.import_module(request.param)
