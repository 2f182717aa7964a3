"""The transformer's parts against their formulas."""

import math

import pytest
import torch

from small import lively, small_transformer
from wan.rotary import RotaryTable, axis_channels, rotate
from wan.transformer import Transformer, time_frequencies


def test_axes_share_a_head_as_published():
    assert axis_channels(128) == (44, 42, 42)
    assert axis_channels(32) == (12, 10, 10)


def test_a_pair_of_channels_turns_by_its_place_on_its_axis():
    table = RotaryTable(128)(3, 4, 5)
    turned = rotate(torch.ones(1, 60, 1, 128), table)
    f, h, w = 2, 1, 3
    token = turned[0, (f * 4 + h) * 5 + w, 0]
    for pair, angle in {1: f * 10000 ** (-2 / 44), 22: h, 23: h * 10000 ** (-2 / 42), 63: w * 10000 ** (-40 / 42)}.items():
        even, odd = math.cos(angle) - math.sin(angle), math.sin(angle) + math.cos(angle)
        assert token[2 * pair : 2 * pair + 2].tolist() == pytest.approx([even, odd], abs=1e-6)


def test_attention_sees_only_how_far_places_are_apart():
    noise = torch.Generator().manual_seed(0)
    q, k = (torch.randn(1, 1, 1, 32, generator=noise).expand(1, 6, 1, 32) for _ in range(2))
    q, k = (rotate(x, RotaryTable(32)(6, 1, 1))[0, :, 0] for x in (q, k))
    products = q @ k.T
    torch.testing.assert_close(products[3, 1], products[5, 3])
    assert not torch.isclose(products[3, 1], products[1, 3])


def test_time_is_told_by_cosines_then_sines():
    frequencies = time_frequencies(256)
    assert frequencies[[0, 64, 127]].tolist() == pytest.approx([1.0, 0.01, 10000 ** (-127 / 128)], rel=1e-6)


def test_one_timestep_is_that_timestep_for_every_token():
    network = lively(Transformer(small_transformer()))
    noise = torch.Generator().manual_seed(0)
    latents, text = torch.randn(1, 4, 2, 4, 6, generator=noise), torch.randn(1, 8, 24, generator=noise)
    once, each = network(latents, torch.tensor([421.0]), text), network(latents, torch.full((1, 12), 421.0), text)
    torch.testing.assert_close(once, each, rtol=1e-5, atol=1e-5)
    differing = torch.full((1, 12), 421.0).index_fill(1, torch.arange(6), 0.0)
    assert not torch.allclose(once, network(latents, differing, text), atol=1e-3)


def test_every_condition_is_heard():
    network = lively(Transformer(small_transformer(image_dim=32, image_tokens=10)))
    noise = torch.Generator().manual_seed(0)
    given = {
        "latents": torch.randn(1, 4, 2, 4, 6, generator=noise), "timestep": torch.tensor([421.0]),
        "text": torch.randn(1, 8, 24, generator=noise), "image": torch.randn(2, 5, 32, generator=noise),
    }  # fmt: skip
    velocity = network(**given)
    assert velocity.shape == given["latents"].shape
    for name, value in given.items():
        assert not torch.allclose(velocity, network(**{**given, name: value * 0.5}), atol=1e-4), name


def test_it_learns_from_a_head_that_says_zero():
    network = Transformer(small_transformer())
    velocity = network(torch.randn(2, 4, 2, 4, 6), torch.tensor([1.0, 999.0]), torch.randn(2, 8, 24))
    assert velocity.abs().max() == 0
    (velocity - 1).square().mean().backward()
    assert network.head.head.weight.grad.abs().max() > 0
