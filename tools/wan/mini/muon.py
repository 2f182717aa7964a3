"""Muon (Jordan 2024): momentum whose matrix is made orthogonal before each step, so that every direction of a layer learns.

Scaled to twice the size of AdamW's steps (Liu et al. 2025: to the same), so both share one rate.
"""

import torch
from torch import Tensor, nn

APART = ("embedding", "modulation", "head.head", "head.2", "token", "conv1.weight", "questions")


def optimizers(model: nn.Module, decay: float) -> list[torch.optim.Optimizer]:
    """Muon for the matrices and convolutions inside, AdamW for vectors, tables, and the first and last layers."""
    inner = {name for name, p in model.named_parameters() if p.dim() > 1 and not any(part in name for part in APART)}
    split = lambda kept: [p for name, p in model.named_parameters() if (name in inner) == kept and p.requires_grad]  # noqa: E731
    return [Muon(split(True), decay), torch.optim.AdamW(split(False), betas=(0.9, 0.99), weight_decay=0, fused=True)]


class Muon(torch.optim.Optimizer):
    def __init__(self, parameters: list[nn.Parameter], decay: float, momentum: float = 0.95) -> None:
        super().__init__(parameters, {"lr": 0.0})
        self.decay, self.momentum = decay, momentum

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            alike: dict[torch.Size, list[nn.Parameter]] = {}
            # Single frames leave convolutions in time without a gradient, and so does an encoder that is kept.
            for parameter in (each for each in group["params"] if each.grad is not None):
                alike.setdefault(parameter.flatten(1).shape, []).append(parameter)
            for shape, parameters in alike.items():
                steps = orthogonal(torch.stack([self._ahead(parameter) for parameter in parameters]))
                size = 0.4 * max(shape) ** 0.5 * group["lr"]
                for parameter, step in zip(parameters, steps):
                    parameter.mul_(1 - group["lr"] * self.decay)
                    parameter.sub_(step.view(parameter.shape), alpha=size)

    def _ahead(self, parameter: nn.Parameter) -> Tensor:
        """The gradient's running mean, a step ahead (Nesterov), as a matrix."""
        average = self.state[parameter].setdefault("average", torch.zeros_like(parameter))
        average.lerp_(parameter.grad, 1 - self.momentum)
        return torch.lerp(parameter.grad, average, self.momentum).flatten(1)


def orthogonal(matrices: Tensor) -> Tensor:
    """The nearest matrices [count, rows, columns] with all singular values about 1, by five Newton-Schulz steps in bfloat16."""
    tall = matrices.shape[1] > matrices.shape[2]
    x = (matrices.mT if tall else matrices).bfloat16()
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(5):
        square = x @ x.mT
        x = 3.4445 * x + (-4.7750 * square + 2.0315 * square @ square) @ x
    return (x.mT if tall else x).float()
