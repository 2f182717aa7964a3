"""Which pixels belong to a thing, and of which colour: a tiny convolutional network trained on drawn frames.

`python -m mini.segment` trains it in about a minute; the judge (mini.judge) reads clips with it.
"""

import time

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .draw import covers, draw
from .paths import SEGMENTS
from .scene import sample_training_scene
from .words import COLOURS

STEPS, BATCH, POOL, MOMENTS = 1800, 8, 1600, 3
BACKGROUND = 0.4  # how much its pixels count: there are many


class Segmenter(nn.Sequential):
    """frames [B, 3, H, W] in 0..1 to scores [B, 1 + colours, H, W]: background, then the colours in their order."""

    def __init__(self) -> None:
        super().__init__(
            nn.Conv2d(3, 24, 3, padding=1), nn.ReLU(), nn.Conv2d(24, 24, 3, padding=2, dilation=2), nn.ReLU(),
            nn.Conv2d(24, 24, 3, padding=4, dilation=4), nn.ReLU(), nn.Conv2d(24, 24, 3, padding=8, dilation=8), nn.ReLU(),
            nn.Conv2d(24, 24, 3, padding=1), nn.ReLU(), nn.Conv2d(24, 1 + len(COLOURS), 1),
        )


def certainty(model: Segmenter, clip: np.ndarray) -> Tensor:
    """uint8 [frames, H, W, 3] to [frames, 1 + colours, H, W]: how sure it is that a pixel is background, or of a thing of a colour."""
    with torch.no_grad():
        return model(torch.from_numpy(clip).permute(0, 3, 1, 2).float() / 255).softmax(1)


def load_segmenter() -> Segmenter:
    model = Segmenter()
    model.load_state_dict(torch.load(SEGMENTS))
    return model.eval()


def train() -> None:
    frames, labels = map(torch.from_numpy, map(np.stack, zip(*(_example(seed) for seed in range(POOL)))))
    model = Segmenter().to(memory_format=torch.channels_last)
    weight = torch.tensor([BACKGROUND] + [1.0] * len(COLOURS))
    optimizer = torch.optim.AdamW(model.parameters(), 6e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 6e-3, STEPS)
    started = time.monotonic()
    for step in range(STEPS):
        chosen = torch.randint(POOL, (BATCH,))
        loss = F.cross_entropy(model(worn(frames[chosen])), labels[chosen].long(), weight)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 100 == 0:
            print(f"step {step} loss {loss.item():.4f} {time.monotonic() - started:.0f} s", flush=True)
    torch.save(model.state_dict(), SEGMENTS)


def _example(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """One drawn frame [3, H, W] in 0..1, and for each pixel the number of the colour of the thing that covers most of it, or 0."""
    scene, moment = sample_training_scene(700_000 + seed), seed % MOMENTS
    frame = draw(scene, frames=MOMENTS)[moment]
    labels = np.zeros(frame.shape[:2], np.uint8)
    for thing, covered in zip(scene.things, covers(scene, frames=MOMENTS)[:, moment]):
        labels[covered > 0.5] = 1 + list(COLOURS).index(thing.colour)
    return frame.transpose(2, 0, 1).astype(np.float32) / 255, labels


def worn(frames: Tensor) -> Tensor:
    """Blur, noise and a change of light, so that it does not lean on the drawing's perfection."""
    frames = F.avg_pool2d(frames, 3, 1, 1, count_include_pad=False) if torch.rand(()) < 0.5 else frames
    light = 1 + 0.04 * torch.randn(len(frames), 1, 1, 1)
    return frames * light + 0.02 * torch.randn_like(frames)


if __name__ == "__main__":
    torch.manual_seed(0)
    train()
