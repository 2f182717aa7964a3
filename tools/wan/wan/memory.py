"""What each stage of a model keeps in memory at its default size. Estimates: weights are counted, activations reckoned.

Weights count as float32 even where they are stored as float16: on a processor onnxruntime widens them when it loads a graph.
"""

import torch
from torch import nn

from .graphs import EXAMPLE, decoder_graphs
from .image_encoder import ImageEncoder
from .published import Published
from .text_encoder import TextEncoder
from .transformer import Transformer
from .vae import Vae

FLOAT = 4
WIDTHS_ALIVE = 12
"""Tensors of tokens x dim that live at once in a transformer's block, besides the one of its feed-forward part."""

VOLUMES_ALIVE = 6
"""Tensors as large as the largest that live at once in a VAE's decoder."""


def parameters(network: type[nn.Module], config) -> int:
    """Numbers in a network's weights, counted without memory."""
    with torch.device("meta"):
        return sum(weight.numel() for weight in network(config).parameters())


def estimate(model: Published) -> dict[str, int]:
    """Bytes for the text encoder (with CLIP, where there is one), the transformer and the VAE's decoder."""
    text = parameters(TextEncoder, model.text_encoder) + 2 * model.text_encoder.layers * bias_table(model)
    clip = parameters(ImageEncoder, model.image_encoder) if model.transformer.image_dim else 0
    return {
        "text_encoder": FLOAT * (text + clip),
        "transformer": FLOAT * (parameters(Transformer, model.transformer) + transformer_activations(model)),
        "vae": FLOAT * (parameters(Vae, model.vae) + decoder_activations(model)),
    }


def bias_table(model: Published) -> int:
    """Numbers in one block's table of relative positions."""
    return model.text_encoder.heads * model.text_length**2


def transformer_activations(model: Published) -> int:
    width, height = model.size
    config, side = model.transformer, model.vae.space_scale * 2
    tokens = ((model.frames - 1) // 4 + 1) * (width // side) * (height // side)
    modulation = 6 * config.dim * 2 if model.per_token else 0
    return tokens * (config.ffn_dim * 2 + config.dim * WIDTHS_ALIVE + modulation)


def decoder_activations(model: Published) -> int:
    """Caches that go in and come out, and the last stage's four frames at their full size."""
    width, height = model.size
    _, step = decoder_graphs(model.vae)
    places = (width // model.vae.space_scale) * (height // model.vae.space_scale)
    caches = sum(step.inputs[name].numel() for name in step.words["inputs"]["caches"]) / (EXAMPLE[0] * EXAMPLE[1]) * places
    patch = model.vae.patch**2
    volume = model.vae.decoder_dim * model.vae.mults[0] * 4 * width * height // patch
    return int(caches * 2 + volume * VOLUMES_ALIVE)
