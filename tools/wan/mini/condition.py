"""What the transformer is told of given pictures: mask and latents side by side (Wan's image-to-video conditioning)."""

import torch
from torch import Tensor

NONE, FIRST, FIRST_AND_LAST = "none", "first", "first-and-last"


def condition(kind: str, latents: Tensor) -> Tensor:
    """latents [16, f, h, w] of the clip that is grey but for its pictures, normalised: [20, f, h, w], the mask first.

    The mask has four channels, one per frame of a latent; the first frame counts four times. Without pictures all is zero.
    """
    mask = torch.zeros(4, *latents.shape[1:], dtype=latents.dtype)
    if kind == NONE:
        return torch.cat([mask, torch.zeros_like(latents)])
    mask[:, 0] = 1
    if kind == FIRST_AND_LAST:
        mask[3, -1] = 1
    return torch.cat([mask, latents])
