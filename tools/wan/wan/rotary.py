"""Rotary positions on three axes (time, height, width), with real numbers only.

A head's channels are split into pairs (2i, 2i+1); height and width get a third of the pairs each, rounded down, time the rest.
Pair j of an axis with n channels turns by position * 10000^(-2j/n).
"""

import torch
from torch import nn


def axis_table(positions: int, channels: int) -> torch.Tensor:
    """Angles [positions, channels / 2] of one axis, float64. On the CPU even where weights are made without memory."""
    frequencies = 10000.0 ** (-torch.arange(0, channels, 2, dtype=torch.float64, device="cpu") / channels)
    return torch.arange(positions, dtype=torch.float64, device="cpu")[:, None] * frequencies


def axis_channels(head_dim: int) -> tuple[int, int, int]:
    """How many of a head's channels belong to time, height and width: 44, 42, 42 of 128."""
    side = 2 * (head_dim // 6)
    return head_dim - 2 * side, side, side


class RotaryTable(nn.Module):
    """Cosines and sines for every token of a grid, in the tokens' order."""

    def __init__(self, head_dim: int, positions: int = 1024):
        super().__init__()
        for axis, channels in zip("fhw", axis_channels(head_dim)):
            angles = axis_table(positions, channels)
            self.register_buffer(f"cos_{axis}", angles.cos().float(), persistent=False)
            self.register_buffer(f"sin_{axis}", angles.sin().float(), persistent=False)

    def forward(self, f: int, h: int, w: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Cosines and sines [f*h*w, 1, head_dim / 2], float32."""
        return self.spread("cos", f, h, w), self.spread("sin", f, h, w)

    def spread(self, kind: str, f: int, h: int, w: int) -> torch.Tensor:
        time = getattr(self, f"{kind}_f")[:f][:, None, None].expand(-1, h, w, -1)
        rows = getattr(self, f"{kind}_h")[:h][None, :, None].expand(f, -1, w, -1)
        columns = getattr(self, f"{kind}_w")[:w][None, None, :].expand(f, h, -1, -1)
        return torch.cat([time, rows, columns], dim=-1).flatten(0, 2).unsqueeze(1)


def rotate(x: torch.Tensor, table: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
    """Turns the pairs of x [B, tokens, heads, head_dim] by the table's angles, in float32, returned in x's type."""
    cos, sin = table
    even, odd = x.float().reshape(*x.shape[:3], -1, 2).unbind(-1)
    turned = torch.stack([even * cos - odd * sin, even * sin + odd * cos], dim=-1)
    return turned.reshape(x.shape).to(x.dtype)
