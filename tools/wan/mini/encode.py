"""Draws the training clips and encodes them once: `python -m mini.encode [clips [side]]`.

Kept per clip: its latents, those of its grey twins with only the first and with first and last frame, ids of its captions, and
which part of each place things cover. A causal encoder reads the twins alike up to the last latent, so that is all that is kept twice.
"""

import sys
import time

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from .captions import caption
from .codec import load_vae
from .draw import covers, draw
from .paths import LATENTS, SIDE, STATISTICS
from .scene import Scene, sample_training_scene
from .tokenizer import Tokenizer
from .words import SHAPES

CLIPS, WORDINGS, BATCH = 8000, 12, 4


def encode(clips: int, side: int) -> None:
    vae, started = load_vae(), time.monotonic()
    parts: dict[str, list[Tensor]] = {}
    for begin in range(0, clips, BATCH):
        seeds = range(begin, begin + BATCH)
        frames = _frames(seeds, side)
        for name, latents in {**_latents(vae, frames), **_truths(seeds, side)}.items():
            parts.setdefault(name, []).append(latents)
        if begin % 400 == 0:
            print(f"{begin} clips {time.monotonic() - started:.0f} s", flush=True)
    kept = {name: torch.cat(latents) for name, latents in parts.items()}
    kept["ids"] = _ids(clips)
    torch.save(kept, LATENTS[side])
    if side == SIDE:
        torch.save(_statistics(kept["clip"][:1000].float()), STATISTICS)


def _statistics(latents: Tensor) -> dict[str, Tensor]:
    """Mean and deviation per channel, and the linear map from normalised latents to colours in 0..1, for previews."""
    mean, std = latents.mean((0, 2, 3, 4)), latents.std((0, 2, 3, 4))
    few = min(64, len(latents))
    normal = ((latents[:few] - mean.view(-1, 1, 1, 1)) / std.view(-1, 1, 1, 1)).movedim(1, -1).reshape(-1, len(mean))
    colours = _per_latent((_frames(range(few), SIDE) + 1) / 2, 8).movedim(1, -1).reshape(-1, 3)
    solution = torch.linalg.lstsq(torch.cat([normal, torch.ones(len(normal), 1)], 1), colours).solution
    return {"mean": mean, "std": std, "factors": solution[:-1], "bias": solution[-1]}


def _per_latent(frames: Tensor, pixels: int) -> Tensor:
    """Means of frames [B, C, 1 + 4k, H, W] over those of each latent, and over squares of pixels."""
    cut = [(frames[:, :, :1], 1), (frames[:, :, 1:], 4)]
    return torch.cat([F.avg_pool3d(part, (length, pixels, pixels)) for part, length in cut], 2)


def _frames(seeds: range, side: int) -> Tensor:
    """[clips, 3, 17, side, side] in -1..1."""
    clips = torch.from_numpy(np.stack([draw(sample_training_scene(seed), side) for seed in seeds]))
    return clips.permute(0, 4, 1, 2, 3).float() / 127.5 - 1


def _truths(seeds: range, side: int) -> dict[str, Tensor]:
    """What was drawn where, uint8: `masks` [clips, 5, side / 2, side / 2], the part of each place that things cover, and
    `shapes` [clips, 5, side / 16, side / 16], the number of the shape that covers most of each token, from 1, or 0 for next to nothing."""
    scenes = [sample_training_scene(seed) for seed in seeds]
    covered = [torch.from_numpy(covers(scene, side)) for scene in scenes]
    masks = 255 * _per_latent(torch.stack([things.amax(0) for things in covered])[:, None], 2)[:, 0]
    shapes = [_shapes(scene, things) for scene, things in zip(scenes, covered)]
    return {"masks": masks.round().byte(), "shapes": torch.stack(shapes)}


def _shapes(scene: Scene, covered: Tensor) -> Tensor:
    part, which = _per_latent(covered[:, None], 16)[:, 0].max(0)
    numbers = torch.tensor([1 + list(SHAPES).index(thing.shape) for thing in scene.things])
    return torch.where(part > 0.05, numbers[which], 0).byte()


@torch.no_grad()
def _latents(vae, frames: Tensor) -> dict[str, Tensor]:
    """Means of the latents, not normalised, bfloat16."""
    grey_end, shown_end = torch.zeros_like(frames[:, :, -4:]), torch.zeros_like(frames[:, :, -4:])
    shown_end[:, :, -1] = frames[:, :, -1]
    begin = torch.cat([frames[:, :, :1], torch.zeros_like(frames[:, :, 1:-4])], 2)
    with torch.autocast("cpu", torch.bfloat16):
        clip = vae.encode(frames)[0]
        start, caches = vae.encode_init(begin)
        ends = [vae.encode_step(end, caches)[0] for end in (shown_end, grey_end)]
    start, shown, grey = (moments.chunk(2, 1)[0] for moments in (start, *ends))
    found = {"clip": clip, "pictures": torch.cat([start, shown], 2), "first_only_end": grey}
    return {name: latents.bfloat16() for name, latents in found.items()}


def _ids(clips: int) -> Tensor:
    """Ids of several wordings per clip, int16 [clips, wordings, 32]."""
    tokenizer = Tokenizer()
    rows = []
    for seed in range(clips):
        rng, scene = np.random.default_rng([5, seed]), sample_training_scene(seed)
        rows.append([tokenizer.encode(caption(scene, rng)) for _ in range(WORDINGS)])
    return torch.tensor(rows, dtype=torch.int16)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    encode(*(given + [CLIPS, SIDE][len(given) :]))
