"""The linear map from normalised latents to rough colours, for previews: a least-squares fit over pictures made up here."""

import torch
from torch.nn import functional as F

from .vae import Vae

PICTURES, CELLS, SIDE = 24, 4, 128


def fit_rgb(vae: Vae, mean: torch.Tensor, std: torch.Tensor) -> dict[str, list]:
    """Factors [channels][3] and bias [3] from normalised latents to RGB of 0..1. Takes some seconds, and the VAE's encoder only."""
    scale = vae.config.space_scale
    pictures = soft_pictures(PICTURES, SIDE)
    with torch.no_grad():
        latents = torch.cat([vae.encode(picture[None, :, None] * 2 - 1)[0] for picture in pictures])
    latents = (latents[:, :, 0].permute(0, 2, 3, 1).reshape(-1, len(mean)) - mean) / std
    colours = F.avg_pool2d(pictures, scale).permute(0, 2, 3, 1).reshape(-1, 3)
    known = torch.cat([latents, torch.ones(len(latents), 1)], dim=1)
    *factors, bias = torch.linalg.lstsq(known, colours).solution.tolist()
    return {"factors": [[round(x, 4) for x in row] for row in factors], "bias": [round(x, 4) for x in bias]}


def soft_pictures(count: int, side: int) -> torch.Tensor:
    """Pictures [count, 3, side, side] in 0..1 of a few colours each that run into each other; the same ones every time."""
    noise = torch.Generator().manual_seed(0)
    cells = torch.rand(count, 3, CELLS, CELLS, generator=noise)
    return F.interpolate(cells, size=(side, side), mode="bicubic").clamp(0, 1)
