"""Which published checkpoint a folder holds, told by its files, its transformer's config.json and its tensors."""

import json
from collections.abc import Sequence
from pathlib import Path

import torch

from .checkpoint import Checkpoint, Misfit, check_fit, must_exist, open_safetensors
from .published import Published
from .transformer import Transformer, TransformerConfig

STATED = {"dim": "dim", "ffn_dim": "ffn_dim", "num_heads": "heads", "num_layers": "layers", "in_dim": "in_channels",
          "out_dim": "out_channels", "freq_dim": "freq_dim", "eps": "eps"}  # fmt: skip
"""What config.json calls the sizes of a transformer."""


def recognise(folder: Path, known: Sequence[Published]) -> Published:
    """The checkpoint in the folder, or a Misfit that says what is unlike the nearest one."""
    alike = [model for model in known if transformer_folders(folder, model)]
    if not alike:
        raise Misfit(f"{folder} holds no transformer's config.json, or that of only one of two experts")
    first = transformer_folders(folder, alike[0])[0]
    tensors = open_safetensors(first)
    marks = {tensor: tensors.shapes.get(tensor) for tensor in ("patch_embedding.weight", "img_emb.proj.1.weight", "img_emb.emb_pos")}
    for model in alike:
        if all(has(model.transformer, tensor, shape) for tensor, shape in marks.items()):
            check_transformer(first, tensors, model)
            return model
    told = ", ".join(f"{name} {list(shape) if shape else 'absent'}" for name, shape in marks.items())
    raise Misfit(f"{first} is no transformer known here: {told}")


def transformer_folders(folder: Path, model: Published) -> list[Path]:
    """The folders of the model's transformers; none if they are not there."""
    folders = [folder / name for name in model.experts] or [folder]
    return folders if all((path / "config.json").is_file() for path in folders) else []


def has(config: TransformerConfig, tensor: str, shape: torch.Size | None) -> bool:
    """Whether a tensor that tells transformers apart is as this one has it."""
    expected = {
        "patch_embedding.weight": (config.dim, config.in_channels, *config.patch),
        "img_emb.proj.1.weight": config.image_dim and (config.image_dim, config.image_dim),
        "img_emb.emb_pos": config.image_tokens and (1, config.image_tokens, config.image_dim),
    }[tensor]
    return (expected and torch.Size(expected)) == shape


def check_transformer(folder: Path, tensors: Checkpoint, model: Published) -> None:
    """Raises Misfit where config.json or a tensor is unlike the model's."""
    path = must_exist(folder / "config.json")
    stated = json.loads(path.read_text())
    for name, field in STATED.items():
        wanted = getattr(model.transformer, field)
        if stated.get(name, wanted) != wanted:
            raise Misfit(f"{path}: {name} is {stated[name]}, but {wanted} in {model.title}")
    with torch.device("meta"):
        check_fit(tensors, Transformer(model.transformer))
