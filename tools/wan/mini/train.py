"""Trains text encoder and transformer on the encoded clips: `python -m mini.train STAGE MINUTES [CHECKPOINT to begin with]`.

`openings` learns from first latents alone what things look like, at a fifth of the cost; `clips` then learns how they move.

Rectified flow: x = (1 - s) clean + s noise, the network says noise - clean; s is drawn evenly and shifted by 3 as in sampling.
One clip in ten comes without caption, for guidance; 45 % without picture, 25 % with the first, 30 % with first and last.
"""

import sys
import time

import numpy as np
import torch
from torch import Tensor

from .codec import load_vae
from .condition import FIRST, FIRST_AND_LAST, NONE, condition
from .cpu import plain_attention
from .ema import Average
from .model import MiniModel
from .muon import optimizers
from .paths import LATENTS, MODEL, SCRATCH, STATISTICS
from .sample import SHIFT, decode, sample
from .sheet import write_sheet
from .tokenizer import Tokenizer

RATE, WARM_UP, UNSAID = 1.2e-3, 50, 0.1
KINDS, SHARES = (NONE, FIRST, FIRST_AND_LAST), (0.45, 0.25, 0.30)
STAGES = {"openings": (1, 64), "clips": (5, 16)}  # latent frames, batch
LOOKS = [
    "a small red circle moves left over night",
    "a large green star turns over the sea",
    "a medium purple heart grows over a meadow",
    "a small white ring moves up and a medium blue square moves down over the desert",
]


class Clips:
    """The encoded clips, normalised."""

    def __init__(self) -> None:
        kept, statistics = torch.load(LATENTS), torch.load(STATISTICS)
        self.mean, self.std, self.ids = statistics["mean"], statistics["std"], kept["ids"].long()
        self.clip, self.pictures, self.first_only_end = (
            ((kept[name].float() - self.mean.view(-1, 1, 1, 1)) / self.std.view(-1, 1, 1, 1)).bfloat16()
            for name in ("clip", "pictures", "first_only_end")
        )
        self.silence = torch.tensor(Tokenizer().encode(""))

    def batch(self, frames: int, size: int) -> tuple[Tensor, Tensor, Tensor]:
        """Clean latents, conditions and ids of random clips cut to `frames` latents."""
        chosen = np.random.randint(len(self.clip), size=size)
        rows = [self._row(index, frames) for index in chosen]
        return tuple(torch.stack(column) for column in zip(*rows))

    def _row(self, index: int, frames: int) -> tuple[Tensor, Tensor, Tensor]:
        whole = frames == self.clip.shape[2]
        kind = np.random.choice(KINDS, p=SHARES)
        kind = FIRST if kind == FIRST_AND_LAST and not whole else kind
        ids = self.silence if np.random.rand() < UNSAID else self.ids[index, np.random.randint(self.ids.shape[1])]
        return self.clip[index, :, :frames].float(), condition(kind, self.twin(index, kind)[:, :frames]), ids

    def twin(self, index: int, kind: str) -> Tensor:
        if kind == FIRST_AND_LAST:
            return self.pictures[index].float()
        return torch.cat([self.pictures[index, :, :-1], self.first_only_end[index]], 1).float()


def train(stage: str, minutes: float, start: str | None = None) -> None:
    cut = STAGES[stage]
    clips, model = Clips(), plain_attention(MiniModel())
    if start:
        model.load_state_dict(torch.load(start))
    compiled = torch.compile(lambda *batch: _loss(model, *batch), dynamic=False)
    average = Average(model, 0.998)
    steppers = optimizers(model, 0.01)
    started, step, losses = time.monotonic(), 0, []
    while (share := (time.monotonic() - started) / (60 * minutes)) < 1:
        for group in (group for stepper in steppers for group in stepper.param_groups):
            group["lr"] = RATE * min(1, (step + 1) / WARM_UP) * (0.01 + 0.99 * 0.5 * (1 + np.cos(np.pi * share)))
        loss = compiled(*clips.batch(*cut))
        model.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for stepper in steppers:
            stepper.step()
        average.update(model)
        losses.append(loss.item())
        step += 1
        if step % 50 == 0:
            print(f"step {step} {share:.3f} loss {np.mean(losses[-50:]):.4f} {time.monotonic() - started:.0f} s", flush=True)
        if step % 500 == 0:
            _look(average.apply_to(MiniModel()), clips, cut[0], f"model-{step}")
    torch.save(average.apply_to(MiniModel()).state_dict(), MODEL)
    _look(average.apply_to(MiniModel()), clips, cut[0], "model-final")


def _loss(model: MiniModel, clean: Tensor, pictures: Tensor, ids: Tensor) -> Tensor:
    even = torch.rand(len(clean))
    sigma = SHIFT * even / (1 + (SHIFT - 1) * even)
    noise, level = torch.randn_like(clean), sigma.view(-1, 1, 1, 1, 1)
    with torch.autocast("cpu", torch.bfloat16):
        velocity = model((1 - level) * clean + level * noise, pictures, 1000 * sigma, ids)
    return (velocity.float() - (noise - clean)).square().mean()


def _look(model: MiniModel, clips: Clips, frames: int, name: str) -> None:
    """A checkpoint, and a sheet of some captions without picture and two with."""
    torch.save(model.state_dict(), SCRATCH / f"{name}.pt")
    kinds = [NONE] * len(LOOKS) + [FIRST, FIRST_AND_LAST if frames > 1 else FIRST]
    pictures = torch.stack([condition(kind, clips.twin(5 + i, kind)[:, :frames]) for i, kind in enumerate(kinds)])
    latents = sample(model, [*LOOKS, "", ""], pictures)
    write_sheet(SCRATCH / f"{name}.png", decode(load_vae(), latents, clips.mean, clips.std))


if __name__ == "__main__":
    torch.set_flush_denormal(True)
    torch.manual_seed(0)
    np.random.seed(0)
    train(sys.argv[1], float(sys.argv[2]), *sys.argv[3:4])
