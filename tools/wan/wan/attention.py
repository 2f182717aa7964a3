"""Wan's attention: queries and keys normalised over all heads at once."""

import torch
from torch import nn
from torch.nn import functional as F

from .layers import Linear, RMSNorm
from .rotary import rotate


def attend(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, heads: int) -> torch.Tensor:
    """Attention of q [B, L, dim] over k, v [B, S, dim]: [B, L, dim]."""
    q, k, v = (split_heads(x, heads).transpose(1, 2) for x in (q, k, v))
    return F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)


def split_heads(x: torch.Tensor, heads: int) -> torch.Tensor:
    """[B, L, dim] to [B, L, heads, dim / heads]."""
    return x.reshape(x.shape[0], -1, heads, x.shape[2] // heads)


class FusedAttention(torch.autograd.Function):
    """The same in the terms of onnxruntime, in one operation that does not keep a table of L x S anywhere."""

    @staticmethod
    def forward(ctx, q, k, v, heads):
        return attend(q, k, v, heads)

    @staticmethod
    def symbolic(g, q, k, v, heads):
        return g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=heads).setType(q.type())


def fuse(module: nn.Module) -> None:
    """Lets the attention of a transformer to be traced become onnxruntime's one operation."""
    for part in module.modules():
        if isinstance(part, (SelfAttention, CrossAttention)):
            part.attend = FusedAttention.apply


class SelfAttention(nn.Module):
    """Attention of a clip's tokens over themselves, with rotary positions."""

    def __init__(self, dim: int, heads: int, eps: float):
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.o = (Linear(dim, dim) for _ in range(4))
        self.norm_q, self.norm_k = RMSNorm(dim, eps), RMSNorm(dim, eps)
        self.attend = attend

    def forward(self, x: torch.Tensor, table: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
        """x [B, tokens, dim], table from RotaryTable: [B, tokens, dim]."""
        q, k = (rotate(split_heads(y, self.heads), table).flatten(2) for y in (self.norm_q(self.q(x)), self.norm_k(self.k(x))))
        return self.o(self.attend(q, k, self.v(x), self.heads))


class CrossAttention(nn.Module):
    """Attention of a clip's tokens over the prompt's and, in Wan 2.1's I2V, over a picture's, added up."""

    def __init__(self, dim: int, heads: int, eps: float, with_image: bool):
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.o = (Linear(dim, dim) for _ in range(4))
        self.norm_q, self.norm_k = RMSNorm(dim, eps), RMSNorm(dim, eps)
        if with_image:
            self.k_img, self.v_img = Linear(dim, dim), Linear(dim, dim)
            self.norm_k_img = RMSNorm(dim, eps)
        self.attend = attend

    def forward(self, x: torch.Tensor, text: torch.Tensor, image: torch.Tensor | None) -> torch.Tensor:
        """x [B, tokens, dim], text [B, length, dim], image [B, picture tokens, dim]: [B, tokens, dim]."""
        q = self.norm_q(self.q(x))
        y = self.attend(q, self.norm_k(self.k(text)), self.v(text), self.heads)
        if image is not None:
            y = y + self.attend(q, self.norm_k_img(self.k_img(image)), self.v_img(image), self.heads)
        return self.o(y)
