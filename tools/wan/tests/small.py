"""Networks of Wan's make and small sizes, with random weights, and checkpoint folders of them as Wan publishes its own."""

import json
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import torch
from safetensors.torch import save_file
from torch import nn

from wan.assemble import IMAGE_ENCODER, TEXT_ENCODER, TOKENIZER, TOKENIZER_FILES
from wan.image_encoder import ImageEncoder, ImageEncoderConfig
from wan.latents import LatentStatistics
from wan.published import PUBLISHED, Published
from wan.recognise import STATED
from wan.text_encoder import TextEncoder, TextEncoderConfig
from wan.transformer import Transformer, TransformerConfig
from wan.vae import Vae, VaeConfig

Network = TypeVar("Network", bound=nn.Module)

TEXT_CONFIG = TextEncoderConfig(vocabulary=40, dim=24, attention_dim=32, heads=4, ffn_dim=48, layers=2)
IMAGE_CONFIG = ImageEncoderConfig(size=28, patch=14, dim=32, heads=2, layers=3)
VAES = {
    1: VaeConfig(z=4, encoder_dim=8, decoder_dim=8, blocks=1),
    2: VaeConfig(z=6, encoder_dim=8, decoder_dim=16, mults=(1, 2, 2), blocks=1, time=(True, True), patch=2),
}


def lively(network: Network, seed: int = 0) -> Network:
    """The network ready to run, with noise in every weight: first weights leave some layers without a say."""
    noise = torch.Generator().manual_seed(seed)
    for name, weight in network.named_parameters():
        centre = 1.0 if "norm" in name and name.endswith("weight") or name.endswith("gamma") else 0.0
        weight.data = centre + 0.1 * torch.randn(weight.shape, generator=noise)
    return network.eval().requires_grad_(False)


def small_transformer(**changes) -> TransformerConfig:
    return replace(TransformerConfig(4, 4, dim=48, heads=2, layers=2, ffn_dim=64, text_dim=24, freq_dim=16), **changes)


def small_model(id: str) -> Published:
    """The published model with everything in it made small: the same kind in every way."""
    large = next(model for model in PUBLISHED if model.id == id)
    wide = large.transformer
    vae = VAES[large.vae.patch]
    return replace(
        large, vae=vae, latents=LatentStatistics((0.1,) * vae.z, (1.5,) * vae.z), text_encoder=TEXT_CONFIG, text_length=16,
        image_encoder=IMAGE_CONFIG, size=(64, 32),
        transformer=small_transformer(
            in_channels=2 * vae.z + 4 if wide.in_channels == 36 else vae.z,
            out_channels=vae.z,
            image_dim=wide.image_dim and IMAGE_CONFIG.dim,
            image_tokens=wide.image_tokens and 2 * IMAGE_CONFIG.tokens,
        ),
    )  # fmt: skip


def networks(model: Published) -> dict[str, nn.Module]:
    """The model's networks by graph name, with random weights."""
    found = {"text_encoder": TextEncoder(model.text_encoder), "vae": Vae(model.vae), "transformer": Transformer(model.transformer)}
    if model.experts:
        found["transformer_2"] = Transformer(model.transformer)
    if model.transformer.image_dim:
        found["image_encoder"] = ImageEncoder(model.image_encoder)
    return {name: lively(network, seed) for seed, (name, network) in enumerate(found.items())}


def publish(model: Published, folder: Path) -> dict[str, nn.Module]:
    """Writes the folder as the model's authors would, weights in bfloat16: the networks with what can be read from it."""
    found = networks(model)
    for weight in (weight for network in found.values() for weight in network.parameters()):
        weight.data = weight.data.bfloat16().float()
    (folder / TOKENIZER).mkdir(parents=True)
    for name in TOKENIZER_FILES:
        (folder / TOKENIZER / name).write_text("{}")
    torch.save(narrow(found["text_encoder"]), folder / TEXT_ENCODER)
    torch.save(narrow(found["vae"]), folder / model.vae_file)
    if "image_encoder" in found:
        seen = {f"visual.{name}": weight for name, weight in narrow(found["image_encoder"]).items()}
        torch.save({**seen, "visual.head": torch.zeros(1), "log_scale": torch.zeros(())}, folder / IMAGE_ENCODER)
    for name, path in zip(("transformer", "transformer_2"), [folder / e for e in model.experts] or [folder]):
        publish_transformer(model.transformer, narrow(found[name]), path)
    return found


def publish_transformer(config: TransformerConfig, state: dict[str, torch.Tensor], folder: Path) -> None:
    """config.json and the weights, in two files with an index."""
    folder.mkdir(exist_ok=True)
    (folder / "config.json").write_text(json.dumps({name: getattr(config, field) for name, field in STATED.items()}))
    halves = [dict(list(state.items())[i::2]) for i in range(2)]
    where = {}
    for number, part in enumerate(halves, start=1):
        file = f"diffusion_pytorch_model-0000{number}-of-00002.safetensors"
        save_file(part, folder / file)
        where |= dict.fromkeys(part, file)
    (folder / "diffusion_pytorch_model.safetensors.index.json").write_text(json.dumps({"weight_map": where}))


def narrow(network: nn.Module) -> dict[str, torch.Tensor]:
    return {name: weight.bfloat16().contiguous() for name, weight in network.state_dict().items()}
