"""The measuring sampler against published numbers (DIFFUSION notes A8, made with an independent implementation)."""

import numpy as np
import pytest

from mini.unipc import UniPC

WANTED = [
    (4, 3.0, [-0.0634096, -0.2085589, 1.2881620]),
    (10, 5.0, [-0.0091557, -0.3147249, 1.3683558]),
    (50, 5.0, [0.0258635, -0.4222076, 1.4200779]),
]


@pytest.mark.parametrize(("steps", "shift", "wanted"), WANTED)
def test_a_known_velocity_ends_where_it_must(steps, shift, wanted):
    schedule, x = UniPC(steps, shift), np.array([0.5, -1.25, 2.0])
    for timestep in schedule.timesteps:
        x = schedule.step(np.sin(3 * x + np.arange(3)) + 0.3 * (timestep / 1000) * x, x)
    assert x == pytest.approx(wanted, abs=1e-5)
