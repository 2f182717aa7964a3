"""The course of a training: steps until the time is over, at a rate that warms up and then falls along half a cosine."""

import math
import time
from collections.abc import Callable, Iterator

import torch
from torch import Tensor, nn

from .ema import Average
from .muon import optimizers

WARM_UP = 50


def descend(
    model: nn.Module, average: Average, loss: Callable[[], Tensor], *, minutes: float, rate: float, least: float, decay: float
) -> Iterator[tuple[int, float, float]]:
    """After each step: its number from 1, the share of the time that was over when it began, and the seconds until now.

    `loss` is asked for that of a new batch; `least` is the share of the rate that is left in the end.
    """
    steppers = optimizers(model, decay)
    started, step = time.monotonic(), 0
    while (share := (time.monotonic() - started) / (60 * minutes)) < 1:
        for group in (group for stepper in steppers for group in stepper.param_groups):
            fallen = least + (1 - least) * 0.5 * (1 + math.cos(math.pi * share))
            group["lr"] = rate * min(1, (step + 1) / WARM_UP) * fallen
        error = loss()
        model.zero_grad()
        error.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for stepper in steppers:
            stepper.step()
        average.update()
        step += 1
        yield step, share, time.monotonic() - started
