"""The causal VAEs: whole clips and chunks give the same, and nothing looks ahead."""

from dataclasses import replace

import pytest
import torch

from small import VAES, lively
from wan.vae import Vae

KINDS = pytest.mark.parametrize("patch", VAES)


def clip(vae: Vae, frames: int = 9) -> torch.Tensor:
    side = vae.config.space_scale * 2
    return torch.randn(1, 3, frames, side, side * 2, generator=torch.Generator().manual_seed(1))


@KINDS
def test_a_clip_in_chunks_is_the_clip_at_once(patch):
    vae = lively(Vae(VAES[patch]))
    frames = clip(vae)
    first, caches = vae.encode_init(frames[:, :, :1])
    moments = [first]
    for begin in (1, 5):
        part, caches = vae.encode_step(frames[:, :, begin : begin + 4], caches)
        moments.append(part)
    mean, _ = vae.encode(frames)
    assert mean.shape == (1, vae.config.z, 3, 2, 4)
    torch.testing.assert_close(torch.cat(moments, 2)[:, : vae.config.z], mean, rtol=1e-4, atol=1e-4)

    first, caches = vae.decode_init(mean[:, :, :1])
    decoded = [first]
    for index in (1, 2):
        part, caches = vae.decode_step(mean[:, :, index : index + 1], caches)
        decoded.append(part)
    whole = vae.decode(mean)
    assert whole.shape == frames.shape
    torch.testing.assert_close(torch.cat(decoded, 2), whole, rtol=1e-4, atol=1e-4)


@KINDS
def test_a_later_frame_changes_nothing_before_it(patch):
    vae = lively(Vae(VAES[patch]))
    frames = clip(vae)
    other = frames.clone()
    other[:, :, 5] += 1
    before, after = vae.encode(frames)[0], vae.encode(other)[0]
    torch.testing.assert_close(before[:, :, :2], after[:, :, :2])
    assert not torch.allclose(before[:, :, 2], after[:, :, 2])

    changed = before.clone()
    changed[:, :, 2] += 1
    before, after = vae.decode(before), vae.decode(changed)
    torch.testing.assert_close(before[:, :, :5], after[:, :, :5])
    assert not torch.allclose(before[:, :, 5], after[:, :, 5])


@KINDS
def test_gradients_reach_every_weight(patch):
    vae = lively(Vae(VAES[patch])).requires_grad_(True)
    mean, variance = vae.encode(clip(vae, frames=5))
    (vae.decode(mean).square().mean() + variance.mean()).backward()
    assert [name for name, weight in vae.named_parameters() if weight.grad is None] == []


def test_the_last_stage_of_a_residual_encoder_may_widen_nothing():
    with pytest.raises(ValueError, match="no shortcut from 16 down to 24"):
        Vae(replace(VAES[2], mults=(1, 2, 3)))
