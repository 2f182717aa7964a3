"""CLIP's picture side (ViT-H/14) as Wan 2.1's I2V takes it: the states before the last block."""

from dataclasses import dataclass

import torch
from torch import nn

from .attention import attend
from .layers import LayerNorm, Linear


@dataclass(frozen=True)
class ImageEncoderConfig:
    """Sizes of an encoder; the defaults are ViT-H/14's. The checkpoint's last layer is not run."""

    size: int = 224
    patch: int = 14
    dim: int = 1280
    heads: int = 16
    layers: int = 32
    eps: float = 1e-5

    @property
    def tokens(self) -> int:
        """One for the whole picture and one for each patch."""
        return 1 + (self.size // self.patch) ** 2


class Attention(nn.Module):
    """Attention of the patches over each other."""

    def __init__(self, config: ImageEncoderConfig):
        super().__init__()
        self.heads = config.heads
        self.to_qkv, self.proj = Linear(config.dim, config.dim * 3), Linear(config.dim, config.dim)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.proj(attend(*self.to_qkv(x).chunk(3, dim=-1), self.heads))


class Block(nn.Module):
    """Attention and two linear layers, each after a norm and added to the stream."""

    def __init__(self, config: ImageEncoderConfig):
        super().__init__()
        self.norm1, self.norm2 = LayerNorm(config.dim, config.eps), LayerNorm(config.dim, config.eps)
        self.attn = Attention(config)
        self.mlp = nn.Sequential(Linear(config.dim, config.dim * 4), nn.GELU(), Linear(config.dim * 4, config.dim))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = x + self.attn(self.norm1(x)).float()
        return x + self.mlp(self.norm2(x)).float()


class ImageEncoder(nn.Module):
    """states = encoder(pixels): [B, 257, 1280] of pictures [B, 3, 224, 224] with CLIP's mean and deviation taken out."""

    def __init__(self, config: ImageEncoderConfig):
        super().__init__()
        dim = config.dim
        self.patch_embedding = nn.Conv2d(3, dim, config.patch, config.patch, bias=False)
        self.cls_embedding = nn.Parameter(torch.zeros(1, 1, dim))
        self.pos_embedding = nn.Parameter(torch.zeros(1, config.tokens, dim))
        self.pre_norm = LayerNorm(dim, config.eps)
        self.transformer = nn.Sequential(*(Block(config) for _ in range(config.layers - 1)))

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        x = self.patch_embedding(pixels.to(self.patch_embedding.weight.dtype)).flatten(2).transpose(1, 2).float()
        x = torch.cat([self.cls_embedding.expand(len(x), -1, -1), x], dim=1)
        return self.transformer(self.pre_norm(x + self.pos_embedding))
