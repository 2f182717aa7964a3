"""Layers that keep their arithmetic in float32 wherever the checkpoints were trained so."""

import torch
from torch import nn


class Linear(nn.Linear):
    """A linear layer that takes float32 activations and computes in its own weights' type."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return super().forward(x if x.dtype == self.weight.dtype else x.to(self.weight.dtype))


class RMSNorm(nn.Module):
    """x / rms(x) * weight over the last axis, computed in float32, returned in x's type."""

    def __init__(self, dim: int, eps: float = 1e-6):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(dim))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        wide = x.float()
        wide = wide * torch.rsqrt(wide.square().mean(-1, keepdim=True) + self.eps)
        return (wide * self.weight).to(x.dtype)


class LayerNorm(nn.LayerNorm):
    """Layer norm to float32."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return super().forward(x.float())
