"""A written graph against the network it came from: onnxruntime's answer beside PyTorch's."""

from pathlib import Path

import numpy as np
import onnxruntime
import torch

from .trace import Graph


def largest_difference(path: Path, graph: Graph, network: torch.nn.Module, inputs: dict[str, torch.Tensor]) -> float:
    """The largest difference over all outputs, as a share of the largest value of each. `network` takes the inputs in the
    graph's order and holds the real weights."""
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    found = session.run(list(graph.outputs), {name: value.numpy() for name, value in inputs.items()})
    with torch.no_grad():
        wanted = network(*inputs.values())
    wanted = wanted if isinstance(wanted, tuple) else (wanted,)
    return max(share(*pair) for pair in zip(found, wanted, strict=True))


def share(found: np.ndarray, wanted: torch.Tensor) -> float:
    if found.shape != tuple(wanted.shape):
        raise ValueError(f"onnxruntime gives {found.shape}, PyTorch {tuple(wanted.shape)}")
    wanted = wanted.float().numpy()
    return float(np.abs(found - wanted).max() / max(np.abs(wanted).max(), 1e-12))


def example(graph: Graph, seed: int = 0) -> dict[str, torch.Tensor]:
    """Inputs of the graph's example shapes: noise for numbers, ones for ids and masks."""
    noise = torch.Generator().manual_seed(seed)
    return {
        name: value if value.dtype == torch.int64 else torch.randn(value.shape, generator=noise) for name, value in graph.inputs.items()
    }
