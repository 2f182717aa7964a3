"""Trains the causal VAE in stages: `python -m mini.train_vae STAGE MINUTES [CHECKPOINT to begin with]`.

`pictures` learns single frames, `clips` short crops, `long` crops of whole length; `decoder` goes on with the decoder alone, so
that latents stay what they are. The network begins as one that repeats pictures (`inflated`).

Loss: Charbonnier on pixels and on their differences along x and y (crisp edges), and a small divergence from the unit normal,
so that the decoder forgives small errors of the transformer.
"""

import sys

import numpy as np
import torch
from torch import Tensor

from wan.vae import Vae
from wan.vae_layers import CausalConv, Grow, Shrink

from .codec import build_vae
from .cpu import channels_last
from .descent import descend
from .draw import draw
from .ema import Average
from .paths import SCRATCH, VAE
from .scene import Scene, sample_training_scene
from .sheet import write_sheet

POOL = 1500
DIVERGENCE = 1e-4
STAGES = {  # side and frames of the crops, how many at once, rate
    "pictures": (64, 1, 24, 1e-3),
    "clips": (48, 9, 8, 1e-3),
    "long": (64, 17, 3, 8e-4),
    "decoder": (64, 17, 3, 5e-4),
}


def train(stage: str, minutes: float, start: str | None = None) -> None:
    *crop, rate = STAGES[stage]
    scenes = [sample_training_scene(seed) for seed in range(POOL)]
    pool = np.stack([draw(scene) for scene in scenes])
    model = channels_last(inflated(build_vae()))
    if start:
        model.load_state_dict(torch.load(start))
    if stage == "decoder":
        model.encoder.requires_grad_(False)
        model.conv1.requires_grad_(False)
    compiled = torch.compile(lambda frames: _losses(model, frames), dynamic=False)
    average = Average(model, 0.998)
    seen: list[tuple[float, float, float]] = []

    def loss() -> Tensor:
        figures = compiled(_batch(scenes, pool, *crop))
        seen.append(tuple(figure.item() for figure in figures))
        return figures[0]

    for step, share, _ in descend(model, average, loss, minutes=minutes, rate=rate, least=0.02, decay=1e-4):
        if step % 100 == 0 or step == 20:
            errors, (total, _, spread) = [error for _, error, _ in seen[-100:]], seen[-1]
            print(f"step {step} {share:.3f} loss {total:.4f} psnr {_psnr(np.mean(errors)):.2f} spread {spread:.2f}", flush=True)
        if step % 500 == 0:
            _look(average.apply_to(build_vae()), f"vae-{step}")
    torch.save(average.apply_to(build_vae()).state_dict(), VAE)
    _look(average.apply_to(build_vae()), "vae-final")


@torch.no_grad()
def inflated(model: Vae) -> Vae:
    """Convolutions in time that begin with the present frame alone, and halve and double frames by mean and copy."""
    for module in model.modules():
        if isinstance(module, CausalConv) and module.kernel_size[0] == 3:
            module.weight[:, :, :-1] = 0
        if isinstance(module, (Shrink, Grow)) and module.time_conv is not None:
            _set_diagonal(module.time_conv, [0, 0.5, 0.5] if isinstance(module, Shrink) else [0, 0, 1])
    return model


def _set_diagonal(time_conv: torch.nn.Conv3d, taps: list[float]) -> None:
    """Each input channel to the same output channel (and its copy, where there are twice as many)."""
    out, channels = time_conv.weight.shape[:2]
    time_conv.weight[:] = torch.eye(channels).repeat(out // channels, 1)[..., None, None, None] * torch.tensor(taps)[:, None, None]
    time_conv.bias.zero_()


def _losses(model: Vae, frames: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The loss; the squared error and the latents' deviation for the log."""
    with torch.autocast("cpu", torch.bfloat16):
        mean, log_variance = (moment.float() for moment in model.encode(frames))
        log_variance = log_variance.clamp(-20, 10)
        restored = model.decode(mean + (0.5 * log_variance).exp() * torch.randn_like(mean)).float()
    loss = _difference(restored, frames) + DIVERGENCE * _divergence(mean, log_variance)
    return loss, (restored - frames).detach().square().mean(), mean.detach().std()


def _batch(scenes: list[Scene], pool: np.ndarray, side: int, frames: int, batch: int) -> Tensor:
    """Crops in -1..1, [batch, 3, frames, side, side], most with a thing in them; some with the grey middle of picture conditioning."""
    crops = []
    for index in np.random.randint(len(pool), size=batch):
        time_from = np.random.randint(pool.shape[1] - frames + 1)
        top, left = _corner(scenes[index], time_from / pool.shape[1], side, pool.shape[2])
        crop = pool[index, time_from : time_from + frames, top : top + side, left : left + side]
        crop = torch.from_numpy(crop).permute(3, 0, 1, 2).float() / 127.5 - 1
        if frames > 1 and np.random.rand() < 0.05:
            crop[:, 1 : frames - np.random.randint(2)] = 0
        crops.append(crop)
    return torch.stack(crops).contiguous(memory_format=torch.channels_last_3d)


def _corner(scene: Scene, time: float, side: int, whole: int) -> np.ndarray:
    """Top and left of a crop: four in five hold the centre of a thing."""
    thing = scene.things[np.random.randint(len(scene.things))]
    centre = np.array([ends[0] + (ends[1] - ends[0]) * time for ends in (thing.y, thing.x)]) * whole
    wished = centre - np.random.uniform(0.1, 0.9, 2) * side if np.random.rand() < 0.8 else np.random.uniform(0, whole, 2)
    return wished.clip(0, whole - side).astype(int)


def _difference(restored: Tensor, frames: Tensor) -> Tensor:
    error = restored - frames
    along_x, along_y = error[..., 1:] - error[..., :-1], error[..., 1:, :] - error[..., :-1, :]
    return _charbonnier(error) + 0.5 * (_charbonnier(along_x) + _charbonnier(along_y))


def _charbonnier(error: Tensor) -> Tensor:
    return (error.square() + 1e-5).sqrt().mean()


def _divergence(mean: Tensor, log_variance: Tensor) -> Tensor:
    return 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).mean()


def _psnr(squared_error: float) -> float:
    return float(10 * np.log10(4 / squared_error))


@torch.no_grad()
def _look(model: Vae, name: str) -> None:
    """Reconstruct held-back clips: the PSNR in the log, a sheet of drawn over restored, and a checkpoint."""
    torch.save(model.state_dict(), SCRATCH / f"{name}.pt")
    rows, errors = [], []
    for seed in range(500_000, 500_006):
        clip = draw(sample_training_scene(seed))
        frames = torch.from_numpy(clip).permute(3, 0, 1, 2)[None].float() / 127.5 - 1
        restored = model.decode(model.encode(frames)[0]).clamp(-1, 1)
        errors.append((restored - frames).square().mean().item())
        rows += [clip, ((restored[0].permute(1, 2, 3, 0) + 1) * 127.5).round().byte().numpy()]
    write_sheet(SCRATCH / f"{name}.png", rows)
    print(f"{name}: {[round(_psnr(error), 1) for error in errors]} dB on new clips", flush=True)


if __name__ == "__main__":
    torch.set_flush_denormal(True)
    torch.manual_seed(0)
    np.random.seed(0)
    train(sys.argv[1], float(sys.argv[2]), *sys.argv[3:4])
