"""What the transformer is asked in its middle while it trains: of which shape the things are, and then where they are.

After representation alignment (REPA, Yu et al. 2024), with what was drawn in place of another network's features: a caption's
words reach the picture so far sooner than by noise alone.
"""

import math

from torch import Tensor, nn
from torch.nn import functional as F

from .model import TRANSFORMER, MiniModel
from .words import SHAPES

SHAPE_BLOCK, PLACE_BLOCK = 2, 4  # the blocks behind which the stream is read
PLACES = 4  # along each side of a latent
FINE = 2 * PLACES  # along each side of a token


class Questions(nn.Module):
    """Reads answers from the stream of the clips [B, C, f, h, w] that the model saw last. Left behind when the training is over."""

    def __init__(self, model: MiniModel) -> None:
        super().__init__()
        self.shape, self.place = Reader(model, SHAPE_BLOCK, len(SHAPES)), Reader(model, PLACE_BLOCK, FINE * FINE)

    def shape_error(self, shapes: Tensor) -> Tensor:
        """Cross-entropy to the number of the shape at each token [B, f, h / 2, w / 2], from 1; where it is 0, nothing is asked."""
        return F.cross_entropy(self.shape().flatten(0, 1), shapes.flatten() - 1, ignore_index=-1)

    def places(self, frames: int) -> Tensor:
        """Logits [B, f, 4h, 4w]: does a thing cover this place?"""
        tokens = self.place()
        side = math.isqrt(tokens.shape[1] // frames)
        grid = tokens.unflatten(2, (FINE, FINE)).unflatten(1, (frames, side, side))
        return grid.transpose(3, 4).flatten(4, 5).flatten(2, 3)


class Reader(nn.Module):
    """What two layers make of each token [B, tokens, answers] behind one block."""

    def __init__(self, model: MiniModel, block: int, answers: int) -> None:
        super().__init__()
        width = TRANSFORMER.dim
        self.layers = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, width), nn.SiLU(), nn.Linear(width, answers))
        model.transformer.blocks[block].register_forward_hook(self._keep)

    def _keep(self, _block: nn.Module, _given: tuple, stream: Tensor) -> None:
        self.stream = stream

    def forward(self) -> Tensor:
        return self.layers(self.stream).float()
