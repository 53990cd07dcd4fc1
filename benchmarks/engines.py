"""PyTorch and the course's engine: one text for both, as a user of either writes it."""

import contextlib
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from benchmarks.cases import Case, Data


class Engine:
    """A case on PyTorch, or on `course_utils.scratch` with arrays held by NumPy or torch."""

    def __init__(
        self,
        torch: ModuleType,
        case: Case,
        data: Data,
        holding: Callable[[], contextlib.AbstractContextManager] = contextlib.nullcontext,
    ) -> None:
        self.torch, self.case, self.holding = torch, case, holding
        self.run = getattr(self, case.kind)
        with holding():
            self.x = torch.tensor(data.x, requires_grad=case.kind != "train")
            self.labels = torch.tensor(data.labels)
            self.adjoint = torch.tensor(data.adjoint)
            weights = {key: torch.tensor(value) for key, value in data.weights.items()}
            if case.build is None:
                wanted = case.kind != "constants"
                self.named = {k: v.requires_grad_(wanted) for k, v in weights.items()}
                return
            self.model = case.build(torch).to(getattr(torch, str(data.x.dtype)))
            self.model.load_state_dict(weights)
            self.named = dict(self.model.named_parameters())
            if case.optimiser:
                optimiser = getattr(torch.optim, case.optimiser)
                self.optimiser = optimiser(self.model.parameters(), lr=case.rate)

    def step(self) -> None:
        """What is timed."""
        with self.holding():
            self.run()

    def train(self) -> None:
        """One step of training."""
        self.optimiser.zero_grad()
        self.loss = self.torch.nn.functional.cross_entropy(self.model(self.x), self.labels)
        self.loss.backward()
        self.optimiser.step()

    def block(self) -> None:
        """Forward and backward, as one block amid others: its input has a gradient too."""
        self.model.zero_grad()
        self.x.grad = None
        out = self.model(self.x)  # (N, C, H, W)
        out.backward(self.adjoint)
        self.out = out.detach()

    def chain(self) -> None:
        """Many small operations, forward and backward."""
        for leaf in (self.x, *self.named.values()):
            leaf.grad = None
        self.forward()
        self.loss.backward()

    constants = chain

    def forward(self) -> None:
        """Many small operations, recorded for a backward that does not come."""
        y, w, b = self.x, self.named["w"], self.named["b"]
        for _ in range(self.case.operations // 2):
            y = y * w
            y = y + b
        self.loss = y

    def results(self) -> dict[str, np.ndarray]:
        """Loss, gradients and weights after the last step, under PyTorch's names."""
        found: dict[str, Any] = {f"gradient of {k}": v.grad for k, v in self.named.items()}
        if self.case.build:
            found |= self.model.state_dict()
        found["gradient of x"] = self.x.grad
        if self.case.kind == "block":
            found["output"] = self.out
        else:
            found["loss"] = self.loss
        return {key: value.detach().numpy() for key, value in found.items() if value is not None}
