"""The published sizes: names, shapes and counts, on networks that take no memory."""

import pytest
import torch

from wan.image_encoder import ImageEncoder
from wan.memory import parameters
from wan.published import PUBLISHED
from wan.text_encoder import TextEncoder, TextEncoderConfig
from wan.transformer import Transformer
from wan.vae import WAN21, WAN22, Vae

BY_ID = {model.id: model for model in PUBLISHED}

# As the published files' sizes have it: 5.68, 57.2, 65.6 and 20.0 GB of float32.
COUNTS = {"wan2.1-t2v-1.3b": 1.419e9, "wan2.1-t2v-14b": 14.288e9, "wan2.1-i2v-14b": 16.395e9, "wan2.2-ti2v-5b": 5.000e9}

TENSORS = {
    "wan2.1-t2v-1.3b": {
        "patch_embedding.weight": [1536, 16, 1, 2, 2], "text_embedding.0.weight": [1536, 4096], "time_embedding.0.weight": [1536, 256],
        "time_projection.1.weight": [9216, 1536], "blocks.29.modulation": [1, 6, 1536], "blocks.29.norm3.bias": [1536],
        "blocks.0.self_attn.norm_q.weight": [1536], "blocks.0.cross_attn.o.weight": [1536, 1536], "blocks.0.ffn.0.weight": [8960, 1536],
        "blocks.0.ffn.2.bias": [1536], "head.head.weight": [64, 1536], "head.modulation": [1, 2, 1536],
    },
    "wan2.1-flf2v-14b": {
        "patch_embedding.weight": [5120, 36, 1, 2, 2], "img_emb.emb_pos": [1, 514, 1280], "img_emb.proj.0.weight": [1280],
        "img_emb.proj.1.weight": [1280, 1280], "img_emb.proj.3.weight": [5120, 1280], "img_emb.proj.4.bias": [5120],
        "blocks.39.cross_attn.k_img.weight": [5120, 5120], "blocks.39.cross_attn.norm_k_img.weight": [5120],
    },
    "wan2.2-ti2v-5b": {"patch_embedding.weight": [3072, 48, 1, 2, 2], "head.head.bias": [192], "blocks.0.ffn.0.bias": [14336]},
}  # fmt: skip

VAE_TENSORS = {
    WAN21: {
        "encoder.conv1.weight": [96, 3, 3, 3, 3], "encoder.downsamples.0.residual.0.gamma": [96, 1, 1, 1],
        "encoder.downsamples.2.resample.1.weight": [96, 96, 3, 3], "encoder.downsamples.5.time_conv.weight": [192, 192, 3, 1, 1],
        "encoder.middle.1.to_qkv.weight": [1152, 384, 1, 1], "encoder.middle.1.norm.gamma": [384, 1, 1], "conv1.weight": [32, 32, 1, 1, 1],
        "decoder.upsamples.3.resample.1.weight": [192, 384, 3, 3], "decoder.upsamples.3.time_conv.weight": [768, 384, 3, 1, 1],
        "decoder.upsamples.4.shortcut.weight": [384, 192, 1, 1, 1], "decoder.head.2.weight": [3, 96, 3, 3, 3],
    },
    WAN22: {
        "encoder.conv1.weight": [160, 12, 3, 3, 3], "encoder.downsamples.1.downsamples.2.time_conv.weight": [320, 320, 3, 1, 1],
        "decoder.upsamples.0.upsamples.3.resample.1.weight": [1024, 1024, 3, 3], "decoder.head.2.bias": [12],
        "conv2.weight": [48, 48, 1, 1, 1],
    },
}  # fmt: skip

TEXT_TENSORS = {
    "token_embedding.weight": [256384, 4096], "blocks.23.pos_embedding.embedding.weight": [32, 64], "blocks.0.norm1.weight": [4096],
    "blocks.0.attn.o.weight": [4096, 4096], "blocks.0.ffn.gate.0.weight": [10240, 4096], "blocks.0.ffn.fc2.weight": [4096, 10240],
    "norm.weight": [4096],
}  # fmt: skip

IMAGE_TENSORS = {
    "cls_embedding": [1, 1, 1280], "pos_embedding": [1, 257, 1280], "patch_embedding.weight": [1280, 3, 14, 14], "pre_norm.bias": [1280],
    "transformer.30.attn.to_qkv.weight": [3840, 1280], "transformer.30.attn.proj.bias": [1280], "transformer.0.mlp.0.weight": [5120, 1280],
    "transformer.0.mlp.2.weight": [1280, 5120], "transformer.0.norm2.weight": [1280],
}  # fmt: skip


def shapes(build) -> dict[str, list[int]]:
    with torch.device("meta"):
        return {name: list(weight.shape) for name, weight in build().state_dict().items()}


@pytest.mark.parametrize("id", TENSORS)
def test_a_transformer_has_the_published_names_and_shapes(id):
    found = shapes(lambda: Transformer(BY_ID[id].transformer))
    assert {name: found.get(name) for name in TENSORS[id]} == TENSORS[id]


@pytest.mark.parametrize("id", COUNTS)
def test_a_transformer_has_the_published_number_of_weights(id):
    assert parameters(Transformer, BY_ID[id].transformer) == pytest.approx(COUNTS[id], rel=1e-3)


@pytest.mark.parametrize("config", VAE_TENSORS, ids=["2.1", "2.2"])
def test_a_vae_has_the_published_names_and_shapes(config):
    found = shapes(lambda: Vae(config))
    assert {name: found.get(name) for name in VAE_TENSORS[config]} == VAE_TENSORS[config]


def test_the_encoders_have_the_published_names_and_shapes():
    text, image = shapes(lambda: TextEncoder(TextEncoderConfig())), shapes(lambda: ImageEncoder(BY_ID["wan2.1-i2v-14b"].image_encoder))
    assert {name: text.get(name) for name in TEXT_TENSORS} == TEXT_TENSORS
    assert {name: image.get(name) for name in IMAGE_TENSORS} == IMAGE_TENSORS


def test_the_index_knows_models_apart():
    assert len({model.id for model in PUBLISHED}) == len(PUBLISHED)
    assert all(len(model.latents.mean) == len(model.latents.std) == model.vae.z for model in PUBLISHED)
