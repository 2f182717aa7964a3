"""Layers of Wan's causal VAEs. Clips are [B, C, T, H, W]."""

from collections.abc import Iterable

import torch
from torch import nn
from torch.nn import functional as F

from .stream import Stream


class CausalConv(nn.Conv3d):
    """A 3-D convolution that sees only this frame and those before."""

    def __init__(self, channels: int, out: int, kernel: int | tuple[int, int, int], stride=1, pad: int = 0):
        super().__init__(channels, out, kernel, stride, padding=(0, pad, pad))

    def forward(self, x: torch.Tensor, stream: Stream) -> torch.Tensor:
        past = self.kernel_size[0] - 1
        return super().forward(stream.join(x, past) if past else x)


class ChannelNorm(nn.Module):
    """x / rms(x) * gamma over the channels, in float32. `axes` is how many axes follow them: 3 of clips, 2 of pictures."""

    def __init__(self, channels: int, axes: int):
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(channels, *[1] * axes))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        wide = x.float()
        length = wide.square().sum(1, keepdim=True).sqrt().clamp_min(1e-12)
        return (wide / length * (self.gamma * len(self.gamma) ** 0.5)).to(x.dtype)


class ResidualBlock(nn.Module):
    """Two norms, activations and convolutions beside a shortcut."""

    def __init__(self, channels: int, out: int):
        super().__init__()
        self.residual = nn.Sequential(
            ChannelNorm(channels, 3), nn.SiLU(), CausalConv(channels, out, 3, pad=1),
            ChannelNorm(out, 3), nn.SiLU(), nn.Dropout(0.0), CausalConv(out, out, 3, pad=1),
        )  # fmt: skip
        self.shortcut = CausalConv(channels, out, 1) if channels != out else None

    def forward(self, x: torch.Tensor, stream: Stream) -> torch.Tensor:
        y = run(self.residual, x, stream)
        return y + (self.shortcut(x, stream) if self.shortcut else x)


class FrameAttention(nn.Module):
    """Single-head attention over the places of each frame alone."""

    def __init__(self, channels: int):
        super().__init__()
        self.norm = ChannelNorm(channels, 2)
        self.to_qkv = nn.Conv2d(channels, channels * 3, 1)
        self.proj = nn.Conv2d(channels, channels, 1)
        nn.init.zeros_(self.proj.weight)

    def forward(self, x: torch.Tensor, stream: Stream) -> torch.Tensor:
        pictures = as_pictures(x)
        q, k, v = self.to_qkv(self.norm(pictures)).flatten(2).transpose(1, 2).unsqueeze(1).chunk(3, dim=-1)
        y = F.scaled_dot_product_attention(q, k, v).squeeze(1).transpose(1, 2).reshape(pictures.shape)
        return x + as_clip(self.proj(y), x)


class Shrink(nn.Module):
    """Half the width and height by a strided convolution; of all frames but a clip's first, half the number too."""

    def __init__(self, channels: int, in_time: bool):
        super().__init__()
        self.resample = nn.Sequential(nn.ZeroPad2d((0, 1, 0, 1)), nn.Conv2d(channels, channels, 3, stride=2))
        self.time_conv = nn.Conv3d(channels, channels, (3, 1, 1), stride=(2, 1, 1)) if in_time else None

    def forward(self, x: torch.Tensor, stream: Stream) -> torch.Tensor:
        x = by_frame(self.resample, x)
        if self.time_conv is None:
            return x
        before = None if stream.first else stream.past()
        stream.keep(x, 1)
        if before is not None:
            return self.time_conv(torch.cat([before, x], dim=2))
        return x if x.shape[2] == 1 else torch.cat([x[:, :, :1], self.time_conv(x)], dim=2)


class Grow(nn.Module):
    """Twice the width and height by nearest neighbours and a convolution; of all frames but a clip's first, twice the number.

    The convolution in time starts afresh after the first frame: it never sees it.
    """

    def __init__(self, channels: int, out: int, in_time: bool):
        super().__init__()
        self.resample = nn.Sequential(nn.Upsample(scale_factor=2.0, mode="nearest"), nn.Conv2d(channels, out, 3, padding=1))
        self.time_conv = CausalConv(channels, channels * 2, (3, 1, 1)) if in_time else None

    def forward(self, x: torch.Tensor, stream: Stream) -> torch.Tensor:
        if self.time_conv is not None:
            x = self.begin(x, stream) if stream.first else self.double(x, stream)
        return by_frame(self.resample, x)

    def begin(self, x: torch.Tensor, stream: Stream) -> torch.Tensor:
        first, rest = x[:, :, :1], x[:, :, 1:]
        if rest.shape[2] > 0:
            return torch.cat([first, self.double(rest, stream)], dim=2)
        stream.keep(torch.zeros_like(first).expand(-1, -1, 2, -1, -1), 2)
        return first

    def double(self, x: torch.Tensor, stream: Stream) -> torch.Tensor:
        """[B, C, T, H, W] to [B, C, 2T, H, W]: the convolution's first half of channels, then its second, of each frame."""
        return torch.stack(self.time_conv(x, stream).chunk(2, dim=1), dim=3).flatten(2, 3)


def by_frame(layer: nn.Module, x: torch.Tensor) -> torch.Tensor:
    """A layer for pictures on each frame of a clip."""
    return as_clip(layer(as_pictures(x)), x)


def as_pictures(x: torch.Tensor) -> torch.Tensor:
    """[B, C, T, H, W] to [B * T, C, H, W]."""
    return x.transpose(1, 2).reshape(-1, x.shape[1], *x.shape[3:])


def as_clip(pictures: torch.Tensor, like: torch.Tensor) -> torch.Tensor:
    """[B * T, C, H, W] to [B, C, T, H, W], with B and T as `like` has them."""
    return pictures.reshape(like.shape[0], like.shape[2], *pictures.shape[1:]).transpose(1, 2)


def run(layers: Iterable[nn.Module], x: torch.Tensor, stream: Stream) -> torch.Tensor:
    """Layers one after the other, with the stream for those that take it."""
    for layer in layers:
        x = layer(x, stream) if isinstance(layer, STREAMED) else layer(x)
    return x


class Shortcut(nn.Module):
    """Wan 2.2's way around a stage of the VAE: no weights, only pixels and frames moved into channels or out of them."""

    def __init__(self, channels: int, out: int, time: int, space: int):
        super().__init__()
        self.out, self.time, self.space = out, time, space
        self.volume = time * space * space
        self.channels = channels


class AverageDown(Shortcut):
    """Blocks of time x space x space become channels, and groups of channels their mean."""

    def __init__(self, channels: int, out: int, time: int, space: int):
        super().__init__(channels, out, time, space)
        if channels * self.volume % out:
            raise ValueError(f"no shortcut from {channels} down to {out} channels: let the last stage widen nothing")

    def forward(self, x: torch.Tensor, stream: Stream) -> torch.Tensor:
        x = F.pad(x, (0, 0, 0, 0, self.time - 1, 0)) if stream.first and self.time > 1 else x
        b, c, t, h, w = x.shape
        t, h, w = t // self.time, h // self.space, w // self.space
        x = x.reshape(b, c, t, self.time, h, self.space, w, self.space).permute(0, 1, 3, 5, 7, 2, 4, 6)
        return x.reshape(b, self.out, self.channels * self.volume // self.out, t, h, w).mean(2)


class DuplicateUp(Shortcut):
    """Channels repeated, and moved out into blocks of time x space x space; before a clip's first frame nothing is left."""

    def forward(self, x: torch.Tensor, stream: Stream) -> torch.Tensor:
        b, c, t, h, w = x.shape
        x = x.unsqueeze(2).expand(-1, -1, self.out * self.volume // c, -1, -1, -1)
        x = x.reshape(b, self.out, self.time, self.space, self.space, t, h, w).permute(0, 1, 5, 2, 6, 3, 7, 4)
        x = x.reshape(b, self.out, t * self.time, h * self.space, w * self.space)
        return x[:, :, self.time - 1 :] if stream.first else x


class Stage(nn.Module):
    """A stage of Wan 2.2's VAE: its layers beside a shortcut. `inner` is the layers' name in the checkpoints."""

    def __init__(self, inner: str, layers: list[nn.Module], shortcut: Shortcut | None):
        super().__init__()
        self.add_module(inner, nn.Sequential(*layers))
        self.inner, self.shortcut = inner, shortcut

    def forward(self, x: torch.Tensor, stream: Stream) -> torch.Tensor:
        y = run(getattr(self, self.inner), x, stream)
        return y if self.shortcut is None else y + self.shortcut(x, stream)


STREAMED = (CausalConv, ResidualBlock, FrameAttention, Shrink, Grow, Stage)
