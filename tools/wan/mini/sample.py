"""Sampling in PyTorch, for looks during training: Euler steps along the flow, shifted towards noise, with guidance."""

import numpy as np
import torch
from torch import Tensor

from .model import MiniModel
from .tokenizer import Tokenizer

SHIFT, GUIDANCE = 5.0, 4.0


def sigmas(steps: int) -> Tensor:
    """Noise levels from 1 down to 0, shifted towards noise."""
    even = torch.linspace(1, 0, steps + 1)
    return SHIFT * even / (1 + (SHIFT - 1) * even)


@torch.no_grad()
def sample(model: MiniModel, captions: list[str], condition: Tensor, steps: int = 20, guidance: float = GUIDANCE, seed: int = 0) -> Tensor:
    """condition [B, 20, f, h, w]: normalised latents [B, 16, f, h, w]."""
    tokenizer = Tokenizer()
    ids = torch.tensor([tokenizer.encode(text) for text in [*captions, *[""] * len(captions)]])
    shape = (len(captions), 16, *condition.shape[2:])
    x = torch.randn(shape, generator=torch.Generator().manual_seed(seed))
    levels = sigmas(steps)
    for level, following in zip(levels, levels[1:]):
        timestep = (1000 * level).repeat(len(ids))
        with torch.autocast("cpu", torch.bfloat16):
            said, unsaid = model(x.repeat(2, 1, 1, 1, 1), condition.repeat(2, 1, 1, 1, 1), timestep, ids).float().chunk(2)
        x = x + (following - level) * (unsaid + guidance * (said - unsaid))
    return x


@torch.no_grad()
def decode(vae, latents: Tensor, mean: Tensor, std: Tensor) -> list[np.ndarray]:
    """Normalised latents [B, 16, f, h, w]: uint8 clips [frames, height, width, 3]."""
    latents = latents * std.view(-1, 1, 1, 1) + mean.view(-1, 1, 1, 1)
    frames = torch.cat([vae.decode(one[None]) for one in latents]).clamp(-1, 1)
    return list(((frames.permute(0, 2, 3, 4, 1) + 1) * 127.5).round().byte().numpy())
