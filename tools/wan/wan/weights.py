"""Weights into a traced graph: each is read, turned and written once, so memory holds one at a time."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

import onnx
import torch
from onnx import TensorProto

EMBEDDED_BYTES = 1 << 30
"""Graphs up to this size hold their weights themselves; protobuf ends at twice that."""

ALIGNMENT = 4096
SMALL_BYTES = 4096
"""Weights up to this size are never narrowed: norms, biases, tables."""

TYPES = {TensorProto.FLOAT: torch.float32, TensorProto.FLOAT16: torch.float16}
NAMES = {type: name for name, type in TYPES.items()}
Read = Callable[[str], torch.Tensor]


def fill(model: onnx.ModelProto, fed: list[str], read: Read, path: Path, store_half: bool = False) -> list[Path]:
    """Writes the graph to `path` with its weights, beside it in `<path>.data` if there are many: the files, graph first.

    `fed` are the inputs that stay inputs; of all others `read` gives the weight by name. `store_half` keeps large weights as
    float16 and lets the graph widen them: half the file, the same arithmetic, weights rounded to 11 bits.
    """
    graph = model.graph
    wanted = [value for value in graph.input if value.name not in fed]
    turned = fold_transposes(graph, {value.name for value in wanted})
    kept = [value for value in graph.input if value.name in fed]
    del graph.input[:]
    graph.input.extend(kept)
    widened = {value.name for value in wanted if store_half and value_bytes(value) > SMALL_BYTES}
    large = sum(map(value_bytes, wanted)) > EMBEDDED_BYTES
    data = path.with_name(path.name + ".data")
    with open(data, "wb") if large else nullcontext() as file:
        for value in wanted:
            weight = checked(value, read(value.name), narrow=value.name in widened)
            weight = weight.t() if value.name in turned else weight
            graph.initializer.append(initializer(stored_name(value.name, widened), weight, file, data.name))
    widen(graph, sorted(widened))
    onnx.save(model, path)
    return [path, data] if large else [path]


def stored_name(name: str, widened: set[str]) -> str:
    return f"{name}.half" if name in widened else name


def widen(graph: onnx.GraphProto, names: list[str]) -> None:
    """Puts a cast to float32 behind every weight that is stored as float16."""
    casts = [onnx.helper.make_node("Cast", [f"{name}.half"], [name], f"widen {name}", to=TensorProto.FLOAT) for name in names]
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)


def value_bytes(value: onnx.ValueInfoProto) -> int:
    return shape(value).numel() * TYPES[value.type.tensor_type.elem_type].itemsize


def shape(value: onnx.ValueInfoProto) -> torch.Size:
    return torch.Size(d.dim_value for d in value.type.tensor_type.shape.dim)


def checked(value: onnx.ValueInfoProto, weight: torch.Tensor, narrow: bool) -> torch.Tensor:
    """The weight in the type that the graph wants, or float16; a ValueError if its shape is another or it is too large for that."""
    if weight.shape != shape(value):
        raise ValueError(f"{value.name} is {list(weight.shape)}, not {list(shape(value))}")
    weight = weight.to(torch.float16 if narrow else TYPES[value.type.tensor_type.elem_type])
    if not weight.isfinite().all():
        raise ValueError(f"{value.name} holds numbers that {weight.dtype} does not")
    return weight


def initializer(name: str, weight: torch.Tensor, file: BinaryIO | None, location: str) -> TensorProto:
    """A weight for the graph, with its numbers inside or, given a file, in there."""
    tensor = TensorProto(name=name, data_type=NAMES[weight.dtype], dims=weight.shape)
    numbers = weight.contiguous().numpy()
    if file is None:
        tensor.raw_data = numbers.tobytes()
        return tensor
    file.write(bytes(-file.tell() % ALIGNMENT))
    tensor.data_location = TensorProto.EXTERNAL
    for key, item in (("location", location), ("offset", file.tell()), ("length", numbers.nbytes)):
        tensor.external_data.add(key=key, value=str(item))
    numbers.tofile(file)
    return tensor


def fold_transposes(graph: onnx.GraphProto, weights: set[str]) -> set[str]:
    """Takes out the transposes of linear layers' weights, which a runtime would do in memory: the weights that must be turned."""
    users: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    turned = {name for name in weights if all(map(is_transpose, users.get(name, [None])))}
    renamed = {n.output[0]: name for name in turned for n in users[name]}
    nodes = [node for node in graph.node if not (node.input and node.input[0] in turned)]
    for node in nodes:
        for i, name in enumerate(node.input):
            node.input[i] = renamed.get(name, name)
    del graph.node[:]
    graph.node.extend(nodes)
    return turned


def is_transpose(node: onnx.NodeProto | None) -> bool:
    return node is not None and node.op_type == "Transpose" and list(node.attribute[0].ints) == [1, 0]
