"""Foundations of Neural Networks: reference implementations, explorables, checks and grading."""
