"""Published checkpoints, read one tensor at a time and never whole."""

import json
from pathlib import Path

import torch
from safetensors import safe_open

from .weights import Read

NAMES = ("diffusion_pytorch_model.safetensors.index.json", "diffusion_pytorch_model.safetensors")


class Misfit(ValueError):
    """A folder or a file that is not what it should be; the message names the tensor or the file."""


class Checkpoint:
    """Tensors by name, with their shapes known beforehand."""

    def __init__(self, path: Path, shapes: dict[str, torch.Size], read: Read):
        self.path, self.shapes, self.read = path, shapes, read

    def within(self, prefix: str) -> "Checkpoint":
        """The part of it under a prefix, which is taken off."""
        shapes = {name.removeprefix(prefix): s for name, s in self.shapes.items() if name.startswith(prefix)}
        return Checkpoint(self.path, shapes, lambda name: self.read(prefix + name))


def open_pickled(path: Path) -> Checkpoint:
    """A .pth state dict, mapped into memory; nothing but tensors is let in."""
    state = torch.load(must_exist(path), map_location="cpu", mmap=True, weights_only=True)
    return Checkpoint(path, {name: tensor.shape for name, tensor in state.items()}, state.__getitem__)


def open_safetensors(folder: Path) -> Checkpoint:
    """diffusion_pytorch_model.safetensors, in one file or in several with an index."""
    index, single = (folder / name for name in NAMES)
    if index.exists():
        files = sorted(set(json.loads(index.read_text())["weight_map"].values()))
    else:
        files = [must_exist(single).name]
    opened = [safe_open(must_exist(folder / name), framework="pt") for name in files]
    where = {name: file for file in opened for name in file.keys()}
    shapes = {name: torch.Size(file.get_slice(name).get_shape()) for name, file in where.items()}
    return Checkpoint(folder, shapes, lambda name: where[name].get_tensor(name))


def must_exist(path: Path) -> Path:
    if not path.is_file():
        raise Misfit(f"{path} is missing")
    return path


def check_fit(checkpoint: Checkpoint, network: torch.nn.Module, spare: bool = False) -> None:
    """Raises Misfit unless the checkpoint has the network's weights, each in its shape, and, unless `spare`, no others."""
    wanted = {name: weight.shape for name, weight in network.named_parameters()}
    for name, shape in wanted.items():
        if name not in checkpoint.shapes:
            raise Misfit(f"{checkpoint.path}: no tensor {name}")
        if checkpoint.shapes[name] != shape:
            raise Misfit(f"{checkpoint.path}: {name} is {list(checkpoint.shapes[name])}, not {list(shape)}")
    for name in () if spare else checkpoint.shapes:
        if name not in wanted:
            raise Misfit(f"{checkpoint.path}: {name} belongs to no layer of this model")
