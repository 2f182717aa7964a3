"""Drawing a scene: [frames, size, size, 3] uint8, anti-aliased by the signed distance of each shape."""

from collections.abc import Iterator
from dataclasses import dataclass

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
        for place in _places(thing, frames, size):
            _blend(clip[place.window], thing, place)
    return np.round(clip * 255).astype(np.uint8)


def covers(scene: Scene, size: int = 128, frames: int = 17) -> np.ndarray:
    """The part of each pixel that each thing covers: [things, frames, size, size] in 0..1."""
    covered = np.zeros((len(scene.things), frames, size, size), np.float32)
    for own, thing in zip(covered, scene.things):
        for place in _places(thing, frames, size):
            own[place.window] = place.within(0)
    return covered


@dataclass(frozen=True)
class _Place:
    """A thing in one frame: the window of the clip around it, and there its signed distance and its y, both in radii."""

    window: tuple[int, slice, slice]
    distance: np.ndarray
    y: np.ndarray
    pixels_per_radius: float

    def within(self, depth: float) -> np.ndarray:
        """The part of each pixel at least `depth` radii inside."""
        return np.clip(0.5 - (self.distance + depth) * self.pixels_per_radius, 0, 1)


def _places(thing: Thing, frames: int, size: int) -> Iterator[_Place]:
    centres = (np.arange(size, dtype=np.float32) + 0.5) / size
    for frame, time in enumerate(np.linspace(0, 1, frames)):
        x, y, radius, angle = (_at(ends, time) for ends in (thing.x, thing.y, thing.radius, thing.angle))
        columns, rows = (_window(centres, centre, 1.3 * radius) for centre in (x, y))
        px = (centres[columns][None, :] - x) / radius
        py = (centres[rows][:, None] - y) / radius
        cosine, sine = np.cos(angle), np.sin(angle)
        distance = DISTANCES[thing.shape](cosine * px + sine * py, cosine * py - sine * px)
        yield _Place((frame, rows, columns), distance, py, radius * size)


def _blend(window: np.ndarray, thing: Thing, place: _Place) -> None:
    rim = 1 - place.within(RIM)
    light = (1 - 0.10 * place.y)[..., None] * (1 - 0.30 * rim[..., None])
    colour = np.clip(np.array(COLOURS[thing.colour]) * light, 0, 1)
    cover = place.within(0)[..., None]
    window[:] = window * (1 - cover) + colour * cover


def _at(ends: tuple[float, float], time: float) -> float:
    return ends[0] + (ends[1] - ends[0]) * time


def _window(centres: np.ndarray, centre: float, reach: float) -> slice:
    low, high = np.searchsorted(centres, [centre - reach, centre + reach])
    return slice(low, high)
