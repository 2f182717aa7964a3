"""UniPC of order 2 on the flow's sigmas, predicting the clean latents (Zhao et al. 2023, as Wan uses it)."""

import numpy as np


def grid(steps: int, shift: float) -> np.ndarray:
    """Sigmas from just under 1 down to 0, steps + 1 of them."""
    even = 1 + (1 / 1000 - 1) * np.arange(steps) / steps
    sigmas = shift * even / (1 + (shift - 1) * even)
    sigmas[0] -= 1e-6
    return np.append(sigmas, 0.0)


class UniPC:
    def __init__(self, steps: int, shift: float) -> None:
        self.sigmas = grid(steps, shift)
        self.timesteps = np.trunc(1000 * self.sigmas[:-1])
        with np.errstate(divide="ignore"):
            self.logs = np.log(1 - self.sigmas) - np.log(self.sigmas)
        self.k, self.order, self.clean, self.start = 0, 0, [], None

    def step(self, velocity: np.ndarray, x: np.ndarray) -> np.ndarray:
        """The sample at the next sigma."""
        clean = x - self.sigmas[self.k] * velocity
        if self.k > 0:
            x = self._corrected(clean)
        self.clean = [clean, *self.clean[:1]]
        self.order = min(2, len(self.sigmas) - 1 - self.k, self.order + 1)
        self.start = x
        self.k += 1
        return self._predicted(x)

    def _corrected(self, clean: np.ndarray) -> np.ndarray:
        k, sigmas, logs = self.k, self.sigmas, self.logs
        h = logs[k] - logs[k - 1]
        e = np.expm1(-h)
        base = sigmas[k] / sigmas[k - 1] * self.start - (1 - sigmas[k]) * e * self.clean[0]
        if self.order == 1:
            return base - (1 - sigmas[k]) * e * 0.5 * (clean - self.clean[0])
        ratio = (logs[k - 2] - logs[k - 1]) / h
        first = e / -h - 1
        b1, b2 = first / e, 2 * (first / -h - 0.5) / e
        c0 = (b1 - b2) / (1 - ratio)
        return base - (1 - sigmas[k]) * e * (c0 * (self.clean[1] - self.clean[0]) / ratio + (b1 - c0) * (clean - self.clean[0]))

    def _predicted(self, x: np.ndarray) -> np.ndarray:
        k, sigmas, logs = self.k, self.sigmas, self.logs
        if sigmas[k] == 0:
            return self.clean[0]
        h = logs[k] - logs[k - 1]
        e = np.expm1(-h)
        following = sigmas[k] / sigmas[k - 1] * x - (1 - sigmas[k]) * e * self.clean[0]
        if self.order == 1:
            return following
        ratio = (logs[k - 2] - logs[k - 1]) / h
        return following - (1 - sigmas[k]) * e * 0.5 * (self.clean[1] - self.clean[0]) / ratio
