"""Wan's causal video VAEs: 2.1's (4 x 8 x 8) and 2.2's residual one (4 x 16 x 16), which folds pixels into channels first.

Frames are [B, 3, 1 + 4k, H, W] in -1..1 and become latents [B, z, 1 + k, h, w], not normalised. `encode` and `decode` take
whole clips; the four functions below them take a clip by its first frame and then four frames (one latent) at a time.
"""

from dataclasses import dataclass

import torch
from torch import nn

from .stream import Stream
from .vae_layers import (
    AverageDown, CausalConv, ChannelNorm, DuplicateUp, FrameAttention, Grow, ResidualBlock, Shrink, Stage, run,
)  # fmt: skip

Caches = list[torch.Tensor]


@dataclass(frozen=True)
class VaeConfig:
    """Sizes of a VAE. `patch` 1 is Wan 2.1's kind, 2 is 2.2's. `time` says for each halving of the picture, in the
    encoder's order, whether frames are halved too; the decoder goes the other way round."""

    z: int = 16
    encoder_dim: int = 96
    decoder_dim: int = 96
    mults: tuple[int, ...] = (1, 2, 4, 4)
    blocks: int = 2
    time: tuple[bool, ...] = (False, True, True)
    patch: int = 1

    @property
    def residual(self) -> bool:
        """Whether stages have Wan 2.2's shortcuts."""
        return self.patch > 1

    @property
    def space_scale(self) -> int:
        """Pixels per latent along width and height."""
        return self.patch * 2 ** len(self.time)


WAN21 = VaeConfig()
WAN22 = VaeConfig(z=48, encoder_dim=160, decoder_dim=256, patch=2)


class Encoder(nn.Module):
    """Patches of frames to the means and log-variances of latents."""

    def __init__(self, config: VaeConfig):
        super().__init__()
        widths = [config.encoder_dim * m for m in (1, *config.mults)]
        self.conv1 = CausalConv(3 * config.patch**2, widths[0], 3, pad=1)
        stages = [self.stage(config, i, *pair) for i, pair in enumerate(zip(widths, widths[1:]))]
        self.downsamples = joined(stages, "downsamples", config.residual)
        self.middle = middle(widths[-1])
        self.head = head(widths[-1], config.z * 2)

    def stage(self, config: VaeConfig, i: int, channels: int, out: int):
        """The layers of stage i and its shortcut."""
        layers = [ResidualBlock(channels if n == 0 else out, out) for n in range(config.blocks)]
        shrinks = i < len(config.time)
        if shrinks:
            layers.append(Shrink(out, config.time[i]))
        halved = 2 if shrinks and config.time[i] else 1
        return layers, AverageDown(channels, out, halved, 2 if shrinks else 1)

    def forward(self, x: torch.Tensor, stream: Stream) -> torch.Tensor:
        return run((self.conv1, *self.downsamples, *self.middle, *self.head), x, stream)


class Decoder(nn.Module):
    """Latents to patches of frames."""

    def __init__(self, config: VaeConfig):
        super().__init__()
        widths = [config.decoder_dim * m for m in (config.mults[-1], *reversed(config.mults))]
        self.conv1 = CausalConv(config.z, widths[0], 3, pad=1)
        self.middle = middle(widths[0])
        stages = [self.stage(config, i, *pair) for i, pair in enumerate(zip(widths, widths[1:]))]
        self.upsamples = joined(stages, "upsamples", config.residual)
        self.head = head(widths[-1], 3 * config.patch**2)

    def stage(self, config: VaeConfig, i: int, channels: int, out: int):
        """The layers of stage i and its shortcut; in Wan 2.1 growing halves the channels, so that later stages begin with less."""
        entry = channels // 2 if i > 0 and not config.residual else channels
        layers = [ResidualBlock(entry if n == 0 else out, out) for n in range(config.blocks + 1)]
        if i == len(config.time):
            return layers, None
        in_time = config.time[::-1][i]
        layers.append(Grow(out, out if config.residual else out // 2, in_time))
        return layers, DuplicateUp(channels, out, 2 if in_time else 1, 2)

    def forward(self, x: torch.Tensor, stream: Stream) -> torch.Tensor:
        return run((self.conv1, *self.middle, *self.upsamples, *self.head), x, stream)


class Vae(nn.Module):
    """The whole VAE. The functions by chunks keep no state: caches go in and come out."""

    def __init__(self, config: VaeConfig):
        super().__init__()
        self.config = config
        self.encoder, self.decoder = Encoder(config), Decoder(config)
        self.conv1 = CausalConv(config.z * 2, config.z * 2, 1)
        self.conv2 = CausalConv(config.z, config.z, 1)

    def encode(self, frames: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """frames [B, 3, 1 + 4k, H, W]: mean and log-variance, each [B, z, 1 + k, h, w]."""
        return self.encode_init(frames)[0].chunk(2, dim=1)

    def decode(self, latents: torch.Tensor) -> torch.Tensor:
        """latents [B, z, 1 + k, h, w]: frames [B, 3, 1 + 4k, H, W], about -1..1, not clamped."""
        return self.decode_init(latents)[0]

    def encode_init(self, frames: torch.Tensor) -> tuple[torch.Tensor, Caches]:
        """A clip's first 1 + 4k frames: moments [B, 2z, 1 + k, h, w], mean first, and caches."""
        return self.encode_chunk(frames, Stream())

    def encode_step(self, frames: torch.Tensor, caches: Caches) -> tuple[torch.Tensor, Caches]:
        """The next 4k frames: moments [B, 2z, k, h, w] and caches."""
        return self.encode_chunk(frames, Stream(caches))

    def decode_init(self, latents: torch.Tensor) -> tuple[torch.Tensor, Caches]:
        """A clip's first 1 + k latents: 1 + 4k frames and caches."""
        return self.decode_chunk(latents, Stream())

    def decode_step(self, latents: torch.Tensor, caches: Caches) -> tuple[torch.Tensor, Caches]:
        """The next k latents: 4k frames and caches."""
        return self.decode_chunk(latents, Stream(caches))

    def encode_chunk(self, frames: torch.Tensor, stream: Stream) -> tuple[torch.Tensor, Caches]:
        y = self.encoder(fold(frames, self.config.patch), stream)
        return self.conv1(y, stream), stream.kept

    def decode_chunk(self, latents: torch.Tensor, stream: Stream) -> tuple[torch.Tensor, Caches]:
        y = self.decoder(self.conv2(latents, stream), stream)
        return unfold(y, self.config.patch), stream.kept


def joined(stages: list, inner: str, residual: bool) -> nn.Sequential:
    """Stages as the checkpoints have them: one within the other in Wan 2.2, one flat list of layers in 2.1."""
    if residual:
        return nn.Sequential(*[Stage(inner, layers, shortcut) for layers, shortcut in stages])
    return nn.Sequential(*[layer for layers, _ in stages for layer in layers])


def middle(width: int) -> nn.Sequential:
    return nn.Sequential(ResidualBlock(width, width), FrameAttention(width), ResidualBlock(width, width))


def head(width: int, out: int) -> nn.Sequential:
    return nn.Sequential(ChannelNorm(width, 3), nn.SiLU(), CausalConv(width, out, 3, pad=1))


def fold(frames: torch.Tensor, patch: int) -> torch.Tensor:
    """[B, C, T, H, W] to [B, C * patch^2, T, H / patch, W / patch]; channels run over C, columns, rows."""
    if patch == 1:
        return frames
    b, c, t, h, w = frames.shape
    x = frames.reshape(b, c, t, h // patch, patch, w // patch, patch).permute(0, 1, 6, 4, 2, 3, 5)
    return x.reshape(b, c * patch**2, t, h // patch, w // patch)


def unfold(x: torch.Tensor, patch: int) -> torch.Tensor:
    """The other way round."""
    if patch == 1:
        return x
    b, c, t, h, w = x.shape
    x = x.reshape(b, c // patch**2, patch, patch, t, h, w).permute(0, 1, 4, 5, 3, 6, 2)
    return x.reshape(b, c // patch**2, t, h * patch, w * patch)
