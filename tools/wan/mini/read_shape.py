"""Which shape a thing has: a small convolutional network on the picture and on how sure the segmenter is of each pixel, cut out around it.

`python -m mini.read_shape` trains it on drawn frames, after mini.segment; the judge (mini.judge) reads clips with it.
"""

import time

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .draw import draw
from .paths import SHAPES_READ
from .scene import Scene, any_scene
from .segment import Segmenter, load_segmenter, worn
from .words import COLOURS, SHAPES

CUT, REACH = 32, 2.4  # pixels of a cut, and how many spreads of the thing it reaches to each side
STEPS, BATCH, POOL = 2500, 64, 12000


class ShapeReader(nn.Sequential):
    """Cuts [B, 4, 32, 32] in 0..1, the certainty and then the colours, to scores [B, shapes]."""

    def __init__(self) -> None:
        super().__init__(
            nn.Conv2d(4, 24, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(24, 48, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(48, 64, 3, padding=1), nn.ReLU(), nn.Flatten(), nn.Dropout(0.2), nn.Linear(64 * 64, len(SHAPES)),
        )


def read_shape(model: ShapeReader, clip: np.ndarray, sure: Tensor) -> str:
    """The shape that all moments of a thing in a uint8 clip [frames, H, W, 3] together look most like; `sure` [frames, H, W]."""
    frames = torch.from_numpy(clip).permute(0, 3, 1, 2).float() / 255
    cuts = [cut_out(*moment) for moment in zip(frames, sure)]
    with torch.no_grad():
        scores = model(torch.stack([cut for cut in cuts if cut is not None])).log_softmax(1).sum(0)
    return list(SHAPES)[int(scores.argmax())]


def cut_out(frame: Tensor, sure: Tensor) -> Tensor | None:
    """[4, 32, 32] about a thing's middle, scaled by its spread; None where there is next to nothing."""
    rows, columns = torch.nonzero(sure > 0.5, as_tuple=True)
    if len(rows) < 12:
        return None
    spread = torch.sqrt(rows.float().var() + columns.float().var())
    steps = torch.linspace(-REACH, REACH, CUT) * spread
    ys, xs = (2 * (places.float().mean() + steps + 0.5) / len(sure) - 1 for places in (rows, columns))
    grid = torch.stack(torch.meshgrid(xs, ys, indexing="xy"), -1)
    return F.grid_sample(torch.cat([sure[None], frame])[None], grid[None], align_corners=False)[0]


def load_shape_reader() -> ShapeReader:
    model = ShapeReader()
    model.load_state_dict(torch.load(SHAPES_READ))
    return model.eval()


def train() -> None:
    segmenter, model, started = load_segmenter(), ShapeReader(), time.monotonic()
    examples = [example for seed in range(POOL) if (example := _example(segmenter, any_scene(2_000_000 + seed)))]
    cuts, shapes = torch.stack([cut for cut, _ in examples]), torch.tensor([shape for _, shape in examples])
    optimizer = torch.optim.AdamW(model.parameters(), 2e-3, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, STEPS)
    for step in range(STEPS):
        chosen = torch.randint(len(cuts), (BATCH,))
        loss = F.cross_entropy(model(cuts[chosen] + 0.03 * torch.randn(BATCH, 4, CUT, CUT)), shapes[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 100 == 0:
            print(f"step {step} loss {loss.item():.4f} {time.monotonic() - started:.0f} s", flush=True)
    torch.save(model.state_dict(), SHAPES_READ)


def _example(segmenter: Segmenter, scene: Scene) -> tuple[Tensor, int] | None:
    thing, frames = scene.things[0], 2 + scene.seed % 5  # so that what turns is seen at many angles
    moment = draw(scene, frames=frames)[scene.seed // 5 % frames]
    frame = worn(torch.from_numpy(moment).permute(2, 0, 1)[None].float() / 255)
    with torch.no_grad():
        sure = segmenter(frame).softmax(1)[0, 1 + list(COLOURS).index(thing.colour)]
    cut = cut_out(frame[0], sure)
    return None if cut is None else (cut, list(SHAPES).index(thing.shape))


if __name__ == "__main__":
    torch.manual_seed(0)
    np.random.seed(0)
    train()
