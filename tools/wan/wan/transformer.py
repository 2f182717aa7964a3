"""Wan's diffusion transformer (2.1 and 2.2): latents, a timestep and a prompt in, a velocity out."""

import math
from dataclasses import dataclass

import torch
from torch import nn

from .attention import CrossAttention, SelfAttention
from .layers import LayerNorm, Linear
from .rotary import RotaryTable


@dataclass(frozen=True)
class TransformerConfig:
    """Sizes of a transformer. `image_dim` is CLIP's width where the network takes a picture's embedding, and
    `image_tokens` the size of its table of positions (FLF2V: 2 x 257)."""

    in_channels: int = 16
    out_channels: int = 16
    dim: int = 1536
    heads: int = 12
    layers: int = 30
    ffn_dim: int = 8960
    text_dim: int = 4096
    freq_dim: int = 256
    patch: tuple[int, int, int] = (1, 2, 2)
    eps: float = 1e-6
    image_dim: int | None = None
    image_tokens: int | None = None


class Block(nn.Module):
    """Self-attention, attention over the prompt, and two linear layers, each added to the stream of tokens."""

    def __init__(self, config: TransformerConfig):
        super().__init__()
        dim, heads, eps = config.dim, config.heads, config.eps
        self.norm1, self.norm2 = (LayerNorm(dim, eps, elementwise_affine=False) for _ in range(2))
        self.self_attn = SelfAttention(dim, heads, eps)
        self.norm3 = LayerNorm(dim, eps)
        self.cross_attn = CrossAttention(dim, heads, eps, config.image_dim is not None)
        self.ffn = nn.Sequential(Linear(dim, config.ffn_dim), nn.GELU(approximate="tanh"), Linear(config.ffn_dim, dim))
        self.modulation = nn.Parameter(torch.randn(1, 6, dim) / dim**0.5)

    def forward(self, x, time, table, text, image):
        """x [B, tokens, dim] float32, time [B, 1 or tokens, 6, dim]: the next x."""
        shift, scale, gate, ffn_shift, ffn_scale, ffn_gate = (self.modulation[:, i] + time[:, :, i] for i in range(6))
        y = self.self_attn(self.norm1(x) * (1 + scale) + shift, table)
        x = x + y.float() * gate
        x = x + self.cross_attn(self.norm3(x), text, image).float()
        y = self.ffn(self.norm2(x) * (1 + ffn_scale) + ffn_shift)
        return x + y.float() * ffn_gate


class Head(nn.Module):
    """The last norm and the way from tokens to patches of latents."""

    def __init__(self, config: TransformerConfig):
        super().__init__()
        self.norm = LayerNorm(config.dim, config.eps, elementwise_affine=False)
        self.head = Linear(config.dim, math.prod(config.patch) * config.out_channels)
        self.modulation = nn.Parameter(torch.randn(1, 2, config.dim) / config.dim**0.5)

    def forward(self, x: torch.Tensor, time: torch.Tensor) -> torch.Tensor:
        """x [B, tokens, dim], time [B, 1 or tokens, dim]: [B, tokens, patch volume * channels]."""
        shift, scale = (self.modulation[:, i] + time for i in range(2))
        return self.head(self.norm(x) * (1 + scale) + shift)


class ImageEmbedding(nn.Module):
    """CLIP's states [B, 257, image_dim], of two pictures [2, 257, image_dim], to the transformer's width."""

    def __init__(self, image_dim: int, dim: int, tokens: int | None):
        super().__init__()
        self.proj = nn.Sequential(LayerNorm(image_dim), Linear(image_dim, image_dim), nn.GELU(), Linear(image_dim, dim), LayerNorm(dim))
        if tokens is not None:
            self.emb_pos = nn.Parameter(torch.zeros(1, tokens, image_dim))

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        if hasattr(self, "emb_pos"):
            states = states.reshape(-1, *self.emb_pos.shape[1:]) + self.emb_pos
        return self.proj(states)


class Transformer(nn.Module):
    """velocity = transformer(latents, timestep, text, image): the derivative of noise - clean at sigma = timestep / 1000."""

    def __init__(self, config: TransformerConfig):
        super().__init__()
        self.config, dim = config, config.dim
        self.patch_embedding = nn.Conv3d(config.in_channels, dim, config.patch, config.patch)
        self.text_embedding = nn.Sequential(Linear(config.text_dim, dim), nn.GELU(approximate="tanh"), Linear(dim, dim))
        self.time_embedding = nn.Sequential(Linear(config.freq_dim, dim), nn.SiLU(), Linear(dim, dim))
        self.time_projection = nn.Sequential(nn.SiLU(), Linear(dim, dim * 6))
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.head = Head(config)
        if config.image_dim is not None:
            self.img_emb = ImageEmbedding(config.image_dim, dim, config.image_tokens)
        self.rotary = RotaryTable(dim // config.heads)
        self.register_buffer("frequencies", time_frequencies(config.freq_dim), persistent=False)
        self.reset_parameters()

    def reset_parameters(self):
        """The published first weights: Xavier, small embeddings, and a head that says zero."""
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)
        nn.init.xavier_uniform_(self.patch_embedding.weight.flatten(1))
        for layer in (*self.text_embedding, *self.time_embedding):
            if isinstance(layer, nn.Linear):
                nn.init.normal_(layer.weight, std=0.02)
        nn.init.zeros_(self.head.head.weight)

    def forward(self, latents, timestep, text, image=None):
        """latents [B, Cin, f, h, w], timestep [B] or [B, tokens] in 0..1000, text [B, length, text_dim],
        image [B, 257, image_dim] or none: velocity [B, Cout, f, h, w]. Tokens run over f, h / 2, w / 2."""
        x = self.patch_embedding(latents.to(self.patch_embedding.weight.dtype))
        grid = x.shape[2:]
        x = x.flatten(2).transpose(1, 2).float()
        time, modulation = self.embed_time(timestep)
        text = self.text_embedding(text)
        image = None if image is None else self.img_emb(image)
        table = self.rotary(*grid)
        for block in self.blocks:
            x = block(x, modulation, table, text, image)
        return self.unpatch(self.head(x, time).float(), grid)

    def embed_time(self, timestep: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """[B, 1 or tokens, dim] for the head and [B, 1 or tokens, 6, dim] for the blocks, float32."""
        if timestep.dim() == 1:
            timestep = timestep.unsqueeze(1)
        angles = timestep.float().unsqueeze(-1) * self.frequencies
        with torch.autocast(timestep.device.type, enabled=False):
            time = self.time_embedding(torch.cat([angles.cos(), angles.sin()], dim=-1))
            return time.float(), self.time_projection(time).float().reshape(*time.shape[:2], 6, -1)

    def unpatch(self, x: torch.Tensor, grid: tuple[int, int, int]) -> torch.Tensor:
        """Tokens [B, tokens, patch volume * channels] to latents [B, channels, f, h, w]."""
        (f, h, w), (pf, ph, pw) = grid, self.config.patch
        x = x.reshape(x.shape[0], f, h, w, pf, ph, pw, self.config.out_channels)
        x = x.permute(0, 7, 1, 4, 2, 5, 3, 6)
        return x.reshape(x.shape[0], self.config.out_channels, f * pf, h * ph, w * pw)


def time_frequencies(freq_dim: int) -> torch.Tensor:
    """10000^(-i / half), i = 0..half-1, float32: the cosines' and sines' frequencies."""
    half = freq_dim // 2
    return (10000.0 ** (-torch.arange(half, dtype=torch.float64, device="cpu") / half)).float()
