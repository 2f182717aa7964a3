"""The seven backgrounds: still pictures [size, size, 3] in 0..1 from a generator, so that each clip has its own."""

import numpy as np


def paint(name: str, rng: np.random.Generator, size: int) -> np.ndarray:
    y, x = np.meshgrid(_centres(size), _centres(size), indexing="ij")
    return np.clip(PAINTERS[name](rng, x, y), 0, 1).astype(np.float32)


def night(rng, x, y):
    picture = _gradient(y, [(0, (0.03, 0.04, 0.15)), (1, (0.15, 0.16, 0.36))])
    for _ in range(16):
        px, py, radius = rng.uniform(0.02, 0.98), rng.uniform(0.02, 0.98), rng.uniform(0.005, 0.009)
        glow = np.exp(-((x - px) ** 2 + (y - py) ** 2) / (2 * radius**2))
        picture = _over(picture, (0.95, 0.95, 0.85), glow * rng.uniform(0.6, 1.0))
    return picture


def meadow(rng, x, y):
    picture = _gradient(y, [(0, (0.42, 0.68, 0.92)), (0.55, (0.70, 0.85, 0.94))])
    picture = _hill(picture, rng, x, y, 0.52, (0.62, 0.80, 0.52))
    return _hill(picture, rng, x, y, 0.68, (0.48, 0.71, 0.36))


def sea(rng, x, y):
    horizon = rng.uniform(0.36, 0.44)
    sky = _gradient(y, [(0, (0.56, 0.76, 0.90)), (horizon, (0.78, 0.87, 0.91))])
    water = _gradient(y, [(horizon, (0.38, 0.70, 0.77)), (1, (0.10, 0.40, 0.55))])
    depth = np.clip((y - horizon) / (1 - horizon), 0, 1)
    ripple = np.sin(60 * np.sqrt(depth + 0.02) + 0.8 * np.sin(6 * x + rng.uniform(0, 6.28)) + rng.uniform(0, 6.28))
    water = water + 0.035 * (ripple * np.sqrt(depth))[..., None]
    return _over(sky, water, _below(y, horizon, x))


def desert(rng, x, y):
    picture = _gradient(y, [(0, (0.54, 0.72, 0.84)), (0.5, (0.84, 0.80, 0.70))])
    picture = _hill(picture, rng, x, y, 0.50, (0.80, 0.65, 0.43))
    return _hill(picture, rng, x, y, 0.70, (0.71, 0.54, 0.33))


def sunset(rng, x, y):
    picture = _gradient(y, [(0, (0.30, 0.18, 0.42)), (0.45, (0.80, 0.36, 0.40)), (0.75, (0.98, 0.70, 0.42))])
    px = rng.uniform(0.25, 0.75)
    picture = _over(picture, (1.0, 0.90, 0.65), 0.8 * np.exp(-((x - px) ** 2 + (y - 0.72) ** 2) / (2 * 0.09**2)))
    return _hill(picture, rng, x, y, 0.80, (0.20, 0.11, 0.24))


def checkered(rng, x, y):
    shift = rng.uniform(0, 0.25, 2)
    wave = np.sin(2 * np.pi * (x + shift[0]) / 0.25) * np.sin(2 * np.pi * (y + shift[1]) / 0.25)
    tiles = np.clip(0.5 + wave * 5, 0, 1)[..., None]
    return np.array((0.47, 0.49, 0.53)) * (1 - tiles) + np.array((0.69, 0.69, 0.66)) * tiles


def grey(rng, x, y):
    light = rng.uniform(0.50, 0.62) - 0.16 * ((x - 0.5) ** 2 + (y - 0.5) ** 2)
    return np.repeat(light[..., None], 3, -1)


PAINTERS = {
    "night": night, "meadow": meadow, "sea": sea, "desert": desert,
    "sunset": sunset, "checkered": checkered, "grey": grey,
}


def _centres(size):
    return (np.arange(size) + 0.5) / size


def _gradient(y, stops):
    heights = [height for height, _ in stops]
    return np.stack([np.interp(y, heights, [colour[i] for _, colour in stops]) for i in range(3)], -1)


def _hill(picture, rng, x, y, top, colour):
    """A soft rolling line about `top`, filled below, a little darker towards the bottom."""
    line = top + 0.05 * np.sin(rng.uniform(3, 7) * x + rng.uniform(0, 6.28)) + 0.02 * np.sin(9 * x + rng.uniform(0, 6.28))
    shade = np.asarray(colour) * (1 - 0.35 * np.clip(y - line, 0, 1))[..., None]
    return _over(picture, shade, _below(y, line, x))


def _below(y, line, x):
    return np.clip((y - line) * x.shape[0] + 0.5, 0, 1)


def _over(picture, colour, alpha):
    return picture * (1 - alpha[..., None]) + np.asarray(colour) * alpha[..., None]
