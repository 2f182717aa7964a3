"""Trains text encoder and transformer on the encoded clips: `python -m mini.train STAGE MINUTES [CHECKPOINT to begin with]`.

`sketches` learns by turns from clips of half the side and from first latents alone what the words mean, `motion` from small clips
how things move, `openings` from first latents what things look like; `clips` then learns all of it at full size.

Rectified flow: x = (1 - s) clean + s noise, the network says noise - clean. Things are small, so latents count more where the
network itself sees that one may be (mini.questions): were it told where they are, it would take them for likelier than they are, and
draw two for one.
The less of a clip things cover, the more often it is drawn, so that errors at small things count as much in all as those at large ones.
One in ten comes without caption, for guidance; 60 % without picture, 20 % with the first, 20 % with first and last.
"""

import sys

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .codec import load_vae
from .condition import FIRST, FIRST_AND_LAST, NONE, condition
from .cpu import plain_attention
from .descent import descend
from .ema import Average
from .model import MiniModel
from .paths import HALF_SIDE, LATENTS, MODEL, SCRATCH, SIDE, STATISTICS
from .questions import PLACES, Questions
from .sample import SHIFT, decode, sample
from .sheet import write_sheet
from .tokenizer import Tokenizer

RATE, UNSAID = 1.5e-3, 0.1
KINDS, SHARES = (NONE, FIRST, FIRST_AND_LAST), (0.6, 0.2, 0.2)
STAGES = {  # side, latent frames, batch, by turns
    "sketches": ((HALF_SIDE, 5, 64), (SIDE, 1, 64)),
    "motion": ((HALF_SIDE, 5, 32),),
    "openings": ((SIDE, 1, 64),),
    "clips": ((SIDE, 5, 16), (SIDE, 1, 64)),
}
PLACE, SHAPE = 3.0, 0.2  # how much the answers count that are read from the transformer's middle
EMPHASIS = 8.0  # how much more latents count where there may be a thing
DECISIVE = 1.7  # logit of the noise level at which things are seen, but not yet what they are
LOOKS = [
    "a small red circle moves left over night",
    "a large green star turns over the sea",
    "a medium purple heart grows over a meadow",
    "a small white ring moves up and a medium blue square moves down over the desert",
]


class Clips:
    """The encoded clips of one side, normalised."""

    def __init__(self, side: int) -> None:
        kept, statistics = torch.load(LATENTS[side]), torch.load(STATISTICS)
        self.mean, self.std = statistics["mean"], statistics["std"]
        self.ids, self.masks, self.shapes = kept["ids"].long(), kept["masks"], kept["shapes"]
        self.clip, self.pictures, self.first_only_end = (
            ((kept[name].float() - self.mean.view(-1, 1, 1, 1)) / self.std.view(-1, 1, 1, 1)).bfloat16()
            for name in ("clip", "pictures", "first_only_end")
        )
        self.silence = torch.tensor(Tokenizer().encode(""))
        rarity = 1 / self.masks.float().mean((1, 2, 3)).double()
        self.chances = (rarity / rarity.sum()).numpy()

    def batch(self, frames: int, size: int) -> tuple[Tensor, ...]:
        """Clean latents, conditions, ids, masks and shapes of things of random clips cut to `frames` latents."""
        chosen = np.random.choice(len(self.clip), size, p=self.chances)
        rows = [self._row(index, frames) for index in chosen]
        return tuple(torch.stack(column) for column in zip(*rows))

    def _row(self, index: int, frames: int) -> tuple[Tensor, ...]:
        whole = frames == self.clip.shape[2]
        kind = np.random.choice(KINDS, p=SHARES) if whole else NONE
        ids = self.silence if np.random.rand() < UNSAID else self.ids[index, np.random.randint(self.ids.shape[1])]
        pictures = condition(kind, self.twin(index, kind)[:, :frames])
        masks, shapes = self.masks[index, :frames].float() / 255, self.shapes[index, :frames].long()
        return self.clip[index, :, :frames].float(), pictures, ids, masks, shapes

    def twin(self, index: int, kind: str) -> Tensor:
        if kind == FIRST_AND_LAST:
            return self.pictures[index].float()
        return torch.cat([self.pictures[index, :, :-1], self.first_only_end[index]], 1).float()


class Lesson(nn.Module):
    """What is learned from a batch: the velocity, and what is asked in the model's middle."""

    def __init__(self, model: MiniModel) -> None:
        super().__init__()
        self.model, self.questions = model, Questions(model)

    def forward(self, clean: Tensor, pictures: Tensor, ids: Tensor, masks: Tensor, shapes: Tensor) -> Tensor:
        """The errors of velocity, places and shapes, weighted; their sum is what is brought down."""
        sigma = _noise_levels(len(clean))
        noise, level = torch.randn_like(clean), sigma.view(-1, 1, 1, 1, 1)
        with torch.autocast("cpu", torch.bfloat16):
            velocity = self.model((1 - level) * clean + level * noise, pictures, 1000 * sigma, ids)
            places, shape_error = self.questions.places(clean.shape[2]), self.questions.shape_error(shapes)
        weight = 1 + EMPHASIS * F.max_pool2d(places.detach().sigmoid(), PLACES)
        error = ((velocity.float() - (noise - clean)).square().mean(1) * weight).sum() / weight.sum()
        return torch.stack([error, PLACE * F.binary_cross_entropy_with_logits(places, masks), SHAPE * shape_error])


def _noise_levels(count: int) -> Tensor:
    """One in four as in sampling, the others about where captions decide what things look like."""
    even, decisive = torch.rand(count), torch.sigmoid(DECISIVE + 0.8 * torch.randn(count))
    return torch.where(torch.rand(count) < 0.25, SHIFT * even / (1 + (SHIFT - 1) * even), decisive)


def train(stage: str, minutes: float, start: str | None = None) -> None:
    cuts = STAGES[stage]
    clips, model = {side: Clips(side) for side, *_ in cuts}, plain_attention(MiniModel())
    if start:
        model.load_state_dict(torch.load(start))
    lesson = Lesson(model)
    compiled = torch.compile(lesson, dynamic=False)
    average, errors = Average(model, 0.998), []
    side, *size = cuts[0]

    def loss() -> Tensor:
        side, *size = cuts[len(errors) % len(cuts)]
        error = compiled(*clips[side].batch(*size))
        errors.append(error.detach())
        return error.sum()

    for step, share, seconds in descend(lesson, average, loss, minutes=minutes, rate=RATE, least=0.01, decay=0.01):
        if step % 50 == 0:
            recent = [torch.stack(errors[-50 + turn::len(cuts)]).mean(0).tolist() for turn in range(len(cuts))]
            print(f"step {step} {share:.3f} errors", *("+".join(f"{one:.4f}" for one in each) for each in recent), f"{seconds:.0f} s", flush=True)
        if step % 500 == 0:
            _look(average.apply_to(MiniModel()), clips[side], size[0], f"model-{step}")
    torch.save(average.apply_to(MiniModel()).state_dict(), MODEL)
    _look(average.apply_to(MiniModel()), clips[side], size[0], "model-final")


def _look(model: MiniModel, clips: Clips, frames: int, name: str) -> None:
    """A checkpoint, and a sheet of some captions without picture and two with."""
    torch.save(model.state_dict(), SCRATCH / f"{name}.pt")
    kinds = [NONE] * len(LOOKS) + [FIRST, FIRST_AND_LAST if frames > 1 else FIRST]
    pictures = torch.stack([condition(kind, clips.twin(5 + i, kind)[:, :frames]) for i, kind in enumerate(kinds)])
    latents = sample(model, [*LOOKS, "", ""], pictures)
    write_sheet(SCRATCH / f"{name}.png", decode(load_vae(), latents, clips.mean, clips.std))


if __name__ == "__main__":
    torch.set_flush_denormal(True)
    torch.seed()
    train(sys.argv[1], float(sys.argv[2]), *sys.argv[3:4])
