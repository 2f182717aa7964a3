"""A running average of a model's weights: smoother than the last step's."""

import copy

import torch
from torch import nn


class Average:
    def __init__(self, model: nn.Module, keep: float) -> None:
        self.model, self.keep, self.steps = model, keep, 0
        self.weights = copy.deepcopy(model.state_dict())

    @torch.no_grad()
    def update(self) -> None:
        """Forgets faster at first, so that the random start does not linger."""
        self.steps += 1
        keep = min(self.keep, self.steps / (self.steps + 9))
        for name, value in self.model.state_dict().items():
            if value.is_floating_point():
                self.weights[name].lerp_(value, 1 - keep)

    def apply_to(self, model: nn.Module) -> nn.Module:
        model.load_state_dict(self.weights)
        return model.eval()
