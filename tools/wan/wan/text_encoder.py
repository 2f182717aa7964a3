"""UMT5's encoder: gated GELU, RMS norms, a table of relative positions in every block, no scaling of attention."""

import math
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F

from .attention import split_heads
from .layers import Linear, RMSNorm

CLOSED = -30000.0
"""Added to the logits of padding: no probability is left of it, and half floats still hold it."""


@dataclass(frozen=True)
class TextEncoderConfig:
    """Sizes of an encoder; the defaults are UMT5-XXL's."""

    vocabulary: int = 256384
    dim: int = 4096
    attention_dim: int = 4096
    heads: int = 64
    ffn_dim: int = 10240
    layers: int = 24
    buckets: int = 32
    far: int = 128


class RelativePositions(nn.Module):
    """A learned bias per head and distance: exact up to a quarter of the buckets, then by the logarithm, alike from `far` on."""

    def __init__(self, config: TextEncoderConfig):
        super().__init__()
        self.buckets, self.far = config.buckets, config.far
        self.embedding = nn.Embedding(config.buckets, config.heads)

    def forward(self, length: int) -> torch.Tensor:
        """The bias [1, heads, length, length]."""
        places = torch.arange(length, device=self.embedding.weight.device)
        return self.embedding(self.bucket(places[None, :] - places[:, None])).permute(2, 0, 1).unsqueeze(0)

    def bucket(self, offset: torch.Tensor) -> torch.Tensor:
        """Bucket numbers of key place minus query place; the upper half is for keys that come later."""
        half = self.buckets // 2
        exact = half // 2
        distance = offset.abs()
        share = torch.log(distance.clamp_min(1).float() / exact) / math.log(self.far / exact)
        coarse = (exact + (share * (half - exact)).long()).clamp_max(half - 1)
        return torch.where(distance < exact, distance, coarse) + (offset > 0).long() * half


class Attention(nn.Module):
    """Attention of the tokens over each other."""

    def __init__(self, config: TextEncoderConfig):
        super().__init__()
        self.heads, inner = config.heads, config.attention_dim
        self.q, self.k, self.v = (Linear(config.dim, inner, bias=False) for _ in range(3))
        self.o = Linear(inner, config.dim, bias=False)

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        """x [B, length, dim], bias [B, heads, length, length] with the mask in it: [B, length, dim]."""
        q, k, v = (split_heads(layer(x), self.heads).transpose(1, 2) for layer in (self.q, self.k, self.v))
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype), scale=1.0)
        return self.o(y.transpose(1, 2).flatten(2))


class FeedForward(nn.Module):
    """fc2(fc1(x) * gelu(gate(x)))."""

    def __init__(self, config: TextEncoderConfig):
        super().__init__()
        self.gate = nn.Sequential(Linear(config.dim, config.ffn_dim, bias=False), nn.GELU(approximate="tanh"))
        self.fc1 = Linear(config.dim, config.ffn_dim, bias=False)
        self.fc2 = Linear(config.ffn_dim, config.dim, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc2(self.fc1(x).float() * self.gate(x).float())


class Block(nn.Module):
    """Attention and the gated layers, each after a norm and added to the stream, which stays float32."""

    def __init__(self, config: TextEncoderConfig):
        super().__init__()
        self.norm1, self.norm2 = RMSNorm(config.dim), RMSNorm(config.dim)
        self.attn, self.ffn = Attention(config), FeedForward(config)
        self.pos_embedding = RelativePositions(config)

    def forward(self, x: torch.Tensor, closed: torch.Tensor) -> torch.Tensor:
        x = x + self.attn(self.norm1(x), self.pos_embedding(x.shape[1]) + closed).float()
        return x + self.ffn(self.norm2(x)).float()


class TextEncoder(nn.Module):
    """states = encoder(ids, mask): one row per token; rows of padding hold nothing of use."""

    def __init__(self, config: TextEncoderConfig):
        super().__init__()
        self.config = config
        self.token_embedding = nn.Embedding(config.vocabulary, config.dim)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.norm = RMSNorm(config.dim)
        self.reset_parameters()

    def reset_parameters(self):
        """T5's first weights, which make up for the missing scale of attention."""
        dim, heads = self.config.dim, self.config.heads
        for block in self.blocks:
            nn.init.normal_(block.attn.q.weight, std=(dim * self.config.attention_dim / heads) ** -0.5)
            for layer in (block.attn.k, block.attn.v, block.ffn.gate[0], block.ffn.fc1):
                nn.init.normal_(layer.weight, std=dim**-0.5)
            nn.init.normal_(block.attn.o.weight, std=self.config.attention_dim**-0.5)
            nn.init.normal_(block.ffn.fc2.weight, std=self.config.ffn_dim**-0.5)
            nn.init.normal_(block.pos_embedding.embedding.weight, std=(2 * self.config.buckets * heads) ** -0.5)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """ids, mask int64 [B, length]: states [B, length, dim]."""
        x = self.token_embedding(ids).float()
        closed = (1.0 - mask[:, None, None, :].float()) * CLOSED
        for block in self.blocks:
            x = block(x, closed)
        return self.norm(x)
