"""Scenes of the drawn world: one or two things on a background, and which combinations are kept for the test."""

import hashlib
import math
from dataclasses import dataclass

import numpy as np

from .words import ACTIONS, BACKGROUNDS, COLOURS, DIRECTIONS, SHAPES, SIZES

MARGIN = 0.02
GRID = 1 / 16  # things stand a whole number of latents from the picture's edge,
LENGTHS = (0.25, 0.5)  # and move a whole number of latents from one latent frame to the next
TURN = 2.4
HELD_OUT_ONE_IN = 8


@dataclass(frozen=True)
class Thing:
    """One shape. Positions and radii are shares of the picture's side, angles radians; (start, end) of the clip."""

    shape: str
    colour: str
    size: str
    action: str
    x: tuple[float, float]
    y: tuple[float, float]
    radius: tuple[float, float]
    angle: tuple[float, float]


@dataclass(frozen=True)
class Scene:
    background: str
    things: tuple[Thing, ...]
    seed: int


def held_out(shape: str, colour: str, action: str, background: str) -> bool:
    """Whether this combination is never drawn in training (about one in eight, by hash, so it never shifts)."""
    digest = hashlib.sha256(f"{shape} {colour} {action} {background}".encode()).digest()
    return digest[0] % HELD_OUT_ONE_IN == 0


def drawable(shape: str, action: str) -> bool:
    """Turning a circle or a ring shows nothing."""
    return not (action == "turn" and shape in ("circle", "ring"))


def combinations(test: bool) -> list[tuple[str, str, str, str]]:
    """All (shape, colour, action, background) of the training side or of the held-out side."""
    return [
        (shape, colour, action, background)
        for shape in SHAPES for colour in COLOURS for action in ACTIONS for background in BACKGROUNDS
        if drawable(shape, action) and held_out(shape, colour, action, background) == test
    ]


def sample_training_scene(seed: int) -> Scene:
    """One scene of training combinations, the same for the same seed; two things in three of ten."""
    rng = np.random.default_rng([1, seed])
    background = _pick(rng, BACKGROUNDS)
    count = 2 if rng.random() < 0.3 else 1
    while True:
        things = tuple(_training_thing(rng, background, count) for _ in range(count))
        if count == 1 or _apart(*things):
            return Scene(background, things, seed)


def sample_test_scene(seed: int, actions: tuple[str, ...] = DIRECTIONS) -> Scene:
    """One thing of a combination that training never draws."""
    rng = np.random.default_rng([2, seed])
    choices = [combination for combination in combinations(test=True) if combination[2] in actions]
    shape, colour, action, background = choices[rng.integers(len(choices))]
    return Scene(background, (place(rng, shape, colour, _pick(rng, SIZES), action),), seed)


def any_scene(seed: int) -> Scene:
    """One thing, every combination equally likely, held out or not: for the judge, which must know them all."""
    rng = np.random.default_rng([4, seed])
    while True:
        shape, colour, size, action, background = (_pick(rng, names) for names in (SHAPES, COLOURS, SIZES, ACTIONS, BACKGROUNDS))
        if drawable(shape, action):
            return Scene(background, (place(rng, shape, colour, size, action),), 10_000_000 + seed)


def place(rng: np.random.Generator, shape: str, colour: str, size: str, action: str) -> Thing:
    """Choose where the thing starts and ends so that all of it stays in the picture."""
    radius = SIZES[size]
    radii = {"grow": (0.65 * radius, 1.5 * radius), "shrink": (1.5 * radius, 0.65 * radius)}.get(action, (radius, radius))
    edge = max(radii) + MARGIN
    x, y = (_on_grid(rng, edge, 1 - edge) for _ in range(2))
    xs, ys = (x, x), (y, y)
    if action in DIRECTIONS:
        track = _track(rng, edge, forward=action in ("right", "down"))
        xs, ys = (track, ys) if action in ("left", "right") else (xs, track)
    return Thing(shape, colour, size, action, xs, ys, radii, (0.0, TURN if action == "turn" else 0.0))


def _track(rng: np.random.Generator, edge: float, forward: bool) -> tuple[float, float]:
    length = rng.choice(LENGTHS)
    start = _on_grid(rng, edge, 1 - edge - length)
    return (start, start + length) if forward else (start + length, start)


def _on_grid(rng: np.random.Generator, low: float, high: float) -> float:
    return rng.integers(math.ceil(low / GRID), math.floor(high / GRID) + 1) * GRID


def _training_thing(rng: np.random.Generator, background: str, count: int) -> Thing:
    sizes = list(SIZES) if count == 1 else ["small", "medium"]
    while True:
        shape, colour, action = _pick(rng, SHAPES), _pick(rng, COLOURS), _pick(rng, ACTIONS)
        if drawable(shape, action) and not held_out(shape, colour, action, background):
            return place(rng, shape, colour, sizes[rng.integers(len(sizes))], action)


def _apart(first: Thing, second: Thing) -> bool:
    """Whether two things never touch, looked at nine moments."""
    time = np.linspace(0, 1, 9)
    along = lambda ends: ends[0] + (ends[1] - ends[0]) * time  # noqa: E731
    distance = np.hypot(along(first.x) - along(second.x), along(first.y) - along(second.y))
    return bool((distance > along(first.radius) + along(second.radius) + MARGIN).all())


def _pick(rng: np.random.Generator, names: dict) -> str:
    return list(names)[rng.integers(len(names))]
