"""The judge: reads from a clip what is in it, to hold it against what its caption said.

Pixels of things come from mini.segment, their shape from mini.read_shape; the action follows from the thing's middle and area at
the start and the end, and from the angle at which its shape fits best; the background is that of the nearest drawn thumbnail. The
judge's own accuracy on freshly drawn clips, which nothing here was fitted to, is part of every report.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from .draw import draw
from .backgrounds import paint
from .read_shape import ShapeReader, load_shape_reader, read_shape
from .scene import Scene, any_scene
from .segment import Segmenter, certainty, load_segmenter
from .shapes import DISTANCES
from .words import BACKGROUNDS, COLOURS

NAMES = ("shape", "colour", "action", "background")
GRID = 28
MOVED, GREW, TURNED = 0.12, 1.6, 0.35
"""Smallest way as a share of the side, ratio of areas, and angle in radians that count."""


@dataclass(frozen=True)
class Judge:
    segmenter: Segmenter
    shape_reader: ShapeReader


def load_judge() -> Judge:
    return Judge(load_segmenter(), load_shape_reader())


def judge(by: Judge, clip: np.ndarray) -> dict[str, str]:
    """What is seen in a uint8 clip [frames, 128, 128, 3] with one thing; "none" where there is no thing."""
    sure = certainty(by.segmenter, clip)
    labels = sure.argmax(1).numpy()
    colour = int(np.bincount(labels.ravel(), minlength=1 + len(COLOURS))[1:].argmax())
    masks = labels == 1 + colour
    seen = {"colour": list(COLOURS)[colour], "background": _background(clip, labels > 0)}
    if min(masks[0].sum(), masks[-1].sum(), masks[len(masks) // 2].sum()) < 30:
        return {**seen, "shape": "none", "action": "none"}
    seen["shape"] = read_shape(by.shape_reader, clip, sure[:, 1 + colour])
    return {**seen, "action": _action(masks, seen["shape"])}


def own_accuracy(by: Judge, clips: int = 200) -> dict[str, float]:
    """Share of freshly drawn clips that the judge reads rightly, every combination equally likely."""
    right = {name: 0 for name in NAMES}
    for seed in range(5_000, 5_000 + clips):
        scene = any_scene(seed)
        seen, said = judge(by, draw(scene)), said_of(scene)
        for name in NAMES:
            right[name] += seen[name] == said[name]
    return {name: count / clips for name, count in right.items()}


def said_of(scene: Scene) -> dict[str, str]:
    """What the judge should see in a scene of one thing."""
    thing = scene.things[0]
    return {"shape": thing.shape, "colour": thing.colour, "action": thing.action, "background": scene.background}


def _action(masks: np.ndarray, shape: str) -> str:
    (x0, y0, area0), (x1, y1, area1) = _middle(masks[:2]), _middle(masks[-2:])
    ratio, across, down = area1 / area0, x1 - x0, y1 - y0
    if max(abs(across), abs(down)) > MOVED:
        return ("left", "right")[int(across > 0)] if abs(across) > abs(down) else ("up", "down")[int(down > 0)]
    if max(ratio, 1 / ratio) > GREW:
        return "grow" if ratio > 1 else "shrink"
    return "turn" if _turned(masks, shape) else "still"


def _turned(masks: np.ndarray, shape: str) -> bool:
    """Whether the best angle of the known shape wanders; a symmetric shape comes back to itself, so any moment counts."""
    angles, templates = _angles(shape)
    matches = [_match(mask, templates) for mask in _moments(masks)]
    found = [angles[match] for match in matches if match is not None]
    return shape not in ("circle", "ring") and float(np.ptp(found)) > TURNED


def _middle(masks: np.ndarray) -> tuple[float, float, float]:
    """Mean place as shares of the side, and mean area."""
    _, rows, columns = np.nonzero(masks)
    return columns.mean() / masks.shape[2], rows.mean() / masks.shape[1], masks.sum() / len(masks)


def _match(mask: np.ndarray, templates: np.ndarray) -> int | None:
    """Which template agrees best with the mask (intersection over union); None where there is next to nothing."""
    if mask.sum() < 12:
        return None
    sampled = _centred(mask)
    agreement = (templates & sampled).sum((1, 2)) / (templates | sampled).sum((1, 2))
    return int(agreement.argmax())


def _moments(masks: np.ndarray) -> np.ndarray:
    return masks[:: max(1, len(masks) // 8)]


def _centred(mask: np.ndarray) -> np.ndarray:
    """The mask about its middle, scaled by its spread: [GRID, GRID]."""
    rows, columns = np.nonzero(mask)
    steps = (np.arange(GRID) - (GRID - 1) / 2) * 2.4 / (GRID / 2) * np.sqrt(rows.var() + columns.var())
    ys, xs = (np.clip(np.round(places.mean() + steps), 0, len(mask) - 1).astype(int) for places in (rows, columns))
    return mask[ys][:, xs]


@cache
def _angles(shape: str) -> tuple[np.ndarray, np.ndarray]:
    """Masks of one shape at every angle, by its distance function."""
    angles, fine = np.arange(0, 2 * np.pi, 0.12), (np.arange(160) - 79.5) / 60
    x, y = np.meshgrid(fine, fine)
    turned = [(np.cos(a) * x + np.sin(a) * y, np.cos(a) * y - np.sin(a) * x) for a in angles]
    return angles, np.stack([_centred(DISTANCES[shape](*places) < 0) for places in turned])


def _background(clip: np.ndarray, things: np.ndarray) -> str:
    """Nearest drawn thumbnail, over the cells that no thing covers in the middle frame."""
    frame, covered = clip[len(clip) // 2], things[len(clip) // 2]
    free = covered.reshape(8, 16, 8, 16).mean((1, 3)) < 0.1
    names, thumbnails = _thumbnails()
    distance = np.abs(thumbnails - _thumbnail(frame))[:, free].mean((1, 2))
    return names[int(distance.argmin())]


@cache
def _thumbnails() -> tuple[list[str], np.ndarray]:
    names = [name for name in BACKGROUNDS for _ in range(40)]
    pictures = [paint(name, np.random.default_rng([6, index]), 128) * 255 for index, name in enumerate(names)]
    return names, np.stack([_thumbnail(picture) for picture in pictures])


def _thumbnail(frame: np.ndarray) -> np.ndarray:
    """Mean colour and deviation of 8 x 8 cells: [8, 8, 6]."""
    cells = frame.astype(np.float32).reshape(8, 16, 8, 16, 3)
    return np.concatenate([cells.mean((1, 3)), cells.std((1, 3))], -1)
