"""UMT5's distances and masks."""

import torch

from small import TEXT_CONFIG, lively
from wan.text_encoder import RelativePositions, TextEncoder, TextEncoderConfig


def test_distances_fall_into_t5s_buckets():
    places = RelativePositions(TextEncoderConfig(heads=1, buckets=32, far=128))
    offsets = torch.tensor([0, -1, -7, -8, -11, -12, -127, -500, 1, 7, 8, 500])
    assert places.bucket(offsets).tolist() == [0, 1, 7, 8, 8, 9, 15, 15, 17, 23, 24, 31]


def test_padding_is_not_read():
    encoder = lively(TextEncoder(TEXT_CONFIG))
    ids = torch.tensor([[5, 9, 1, 0, 0, 0]])
    mask = torch.tensor([[1, 1, 1, 0, 0, 0]])
    other = torch.tensor([[5, 9, 1, 7, 8, 3]])
    short = encoder(ids[:, :3], mask[:, :3])
    torch.testing.assert_close(encoder(ids, mask)[:, :3], short)
    torch.testing.assert_close(encoder(other, mask)[:, :3], short)
    assert not torch.allclose(encoder(other, torch.ones_like(mask))[:, :3], short, atol=1e-3)
