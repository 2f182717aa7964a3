"""Drawing a scene: [frames, size, size, 3] uint8, anti-aliased by the signed distance of each shape."""

import numpy as np

from .backgrounds import paint
from .scene import Scene, Thing
from .shapes import DISTANCES
from .words import COLOURS

RIM = 0.12  # width of the darker rim, in radii


def draw(scene: Scene, size: int = 128, frames: int = 17) -> np.ndarray:
    """The clip of a scene; the same scene gives the same bytes on every run."""
    rng = np.random.default_rng([3, scene.seed])
    clip = np.repeat(paint(scene.background, rng, size)[None], frames, 0)
    for thing in scene.things:
        _add(clip, thing)
    return np.round(clip * 255).astype(np.uint8)


def _add(clip: np.ndarray, thing: Thing) -> None:
    frames, size = clip.shape[:2]
    centres = (np.arange(size, dtype=np.float32) + 0.5) / size
    for frame, time in enumerate(np.linspace(0, 1, frames)):
        x, y, radius, angle = (_at(ends, time) for ends in (thing.x, thing.y, thing.radius, thing.angle))
        columns, rows = (_window(centres, centre, 1.3 * radius) for centre in (x, y))
        px = (centres[columns][None, :] - x) / radius
        py = (centres[rows][:, None] - y) / radius
        _blend(clip[frame, rows, columns], thing, px, py, angle, radius * size)


def _blend(window: np.ndarray, thing: Thing, px, py, angle: float, pixels_per_unit: float) -> None:
    cosine, sine = np.cos(angle), np.sin(angle)
    distance = DISTANCES[thing.shape](cosine * px + sine * py, cosine * py - sine * px)
    cover = np.clip(0.5 - distance * pixels_per_unit, 0, 1)[..., None]
    rim = np.clip(0.5 + (distance + RIM) * pixels_per_unit, 0, 1)[..., None]
    light = (1 - 0.10 * py)[..., None] * (1 - 0.30 * rim)
    colour = np.clip(np.array(COLOURS[thing.colour]) * light, 0, 1)
    window[:] = window * (1 - cover) + colour * cover


def _at(ends: tuple[float, float], time: float) -> float:
    return ends[0] + (ends[1] - ends[0]) * time


def _window(centres: np.ndarray, centre: float, reach: float) -> slice:
    low, high = np.searchsorted(centres, [centre - reach, centre + reach])
    return slice(low, high)
