"""From a network to the ONNX graph of it, without its weights: they are given to the graph afterwards, one at a time.

The network is built without memory and then given weights that take none: each is a single number seen through its shape.
So a graph of 14 billion weights is traced in what its activations for a few tokens need.
"""

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import onnx
import onnxscript.optimizer
import torch
from torch import nn

OPSET = 17
Axes = dict[str, dict[int, str]]


@dataclass
class Graph:
    """A graph to be: a hollow module, example inputs by tensor name in the module's order, outputs' shapes for them, the axes
    that are free, and the contract's words for inputs and outputs. `prefix` stands before its weights' published names."""

    name: str
    module: nn.Module
    inputs: dict[str, torch.Tensor]
    outputs: dict[str, torch.Size]
    axes: Axes
    words: dict[str, dict[str, str | list[str]]]
    prefix: str = ""


def hollow(build: Callable[[], nn.Module]) -> nn.Module:
    """A module whose weights have shapes and no memory. Every weight is another number, or the tracer would join equal ones."""
    with torch.device("meta"):
        module = build().eval().requires_grad_(False)
    for number, (name, weight) in enumerate(module.named_parameters(), start=1):
        owner, _, leaf = name.rpartition(".")
        seen = torch.full((1,), number, dtype=weight.dtype).expand(weight.shape)
        setattr(module.get_submodule(owner), leaf, nn.Parameter(seen, requires_grad=False))
    return module


def trace(graph: Graph) -> onnx.ModelProto:
    """The graph with every weight as an input of the weight's own name."""
    written = io.BytesIO()
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            graph.module, tuple(graph.inputs.values()), written, dynamo=False, opset_version=OPSET, export_params=False,
            do_constant_folding=False, input_names=list(graph.inputs), output_names=list(graph.outputs),
            dynamic_axes=graph.axes,
        )  # fmt: skip
    model = onnx.load_from_string(written.getvalue())
    del model.graph.value_info[:]  # the tracer takes some of the example's sizes for fixed, and folding would keep them
    for value in model.graph.output:
        state_shape(value, graph)
    return onnxscript.optimizer.optimize(model)


def state_shape(value: onnx.ValueInfoProto, graph: Graph) -> None:
    """Gives an output its shape, of which the tracer loses parts: numbers, and names where an axis is free."""
    names = graph.axes.get(value.name, {})
    dims = value.type.tensor_type.shape.dim
    del dims[:]
    for axis, size in enumerate(graph.outputs[value.name]):
        dims.add(dim_param=names[axis]) if axis in names else dims.add(dim_value=size)
