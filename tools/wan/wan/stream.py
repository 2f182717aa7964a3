"""What causal layers remember from one chunk of a clip to the next.

A layer that looks back takes the frames it kept of the chunk before, and leaves some for the chunk after. The first chunk
finds nothing and is where a clip begins; the rule of frames, 1 + 4k, comes from there. Since no layer looks ahead, a first
chunk of a whole clip gives what its chunks would give one after the other.
"""

import torch
from torch.nn import functional as F


class Stream:
    """One pass over one chunk. Layers call `join` in the order in which they run, the same for every chunk."""

    def __init__(self, caches: list[torch.Tensor] | None = None):
        self.first = caches is None
        self.caches = iter(caches or [])
        self.kept: list[torch.Tensor] = []

    def join(self, x: torch.Tensor, frames: int) -> torch.Tensor:
        """x [B, C, T, H, W] with the last `frames` frames before it, which are black at a clip's beginning."""
        joined = F.pad(x, (0, 0, 0, 0, frames, 0)) if self.first else torch.cat([next(self.caches), x], dim=2)
        self.keep(joined, frames)
        return joined

    def keep(self, x: torch.Tensor, frames: int) -> None:
        """Leaves x's last frames for the next chunk."""
        self.kept.append(x[:, :, -frames:])

    def past(self) -> torch.Tensor:
        """What the layer kept of the chunk before; not at a clip's beginning."""
        return next(self.caches)
