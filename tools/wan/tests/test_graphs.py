"""Every graph against the network it came from, at the size it was traced at and at another."""

from dataclasses import replace
from pathlib import Path

import onnx
import pytest
import torch

from small import IMAGE_CONFIG, TEXT_CONFIG, VAES, lively, small_transformer
from wan.check import example, largest_difference
from wan.folder import write_graph
from wan.graphs import Chunk, first_frame_graph, image_encoder_graph, text_encoder_graph, transformer_graph, vae_graphs
from wan.image_encoder import ImageEncoder
from wan.text_encoder import TextEncoder
from wan.trace import Graph
from wan.transformer import Transformer
from wan.vae import Vae

FORBIDDEN_TYPES = {onnx.TensorProto.DOUBLE, onnx.TensorProto.COMPLEX64, onnx.TensorProto.COMPLEX128}


def difference(graph: Graph, network: torch.nn.Module, folder: Path, larger: dict | None = None, **options) -> float:
    """The graph is written, checked against the contract's rules and run, at its own size and with `larger` inputs."""
    state = getattr(network, "vae", network).state_dict()
    path = write_graph(graph, state.__getitem__, folder, **options)[0]
    keep_rules(onnx.load(path), graph)
    given = [example(graph)] + ([{**example(graph), **larger}] if larger else [])
    return max(largest_difference(path, graph, network, inputs) for inputs in given)


def keep_rules(model: onnx.ModelProto, graph: Graph) -> None:
    """Opset 17, no operation or type that WebGPU lacks, named axes, float32 and int64 at the edges."""
    assert next(o.version for o in model.opset_import if o.domain in ("", "ai.onnx")) == 17
    assert "ConvTranspose" not in {node.op_type for node in model.graph.node}
    kept = onnx.shape_inference.infer_shapes(model).graph
    types = {value.type.tensor_type.elem_type for value in [*kept.value_info, *kept.input, *kept.output]}
    assert not types & FORBIDDEN_TYPES
    edges = {value.name: value.type.tensor_type for value in [*model.graph.input, *model.graph.output]}
    assert list(edges) == [*graph.inputs, *graph.outputs]
    for name, edge in edges.items():
        assert edge.elem_type in (onnx.TensorProto.FLOAT, onnx.TensorProto.INT64)
        free = {axis: dim.dim_param for axis, dim in enumerate(edge.shape.dim) if dim.dim_param}
        assert free == graph.axes.get(name, {}), name


@pytest.mark.parametrize("per_token", [False, True])
@pytest.mark.parametrize("fused", [False, True])
def test_transformer(tmp_path, per_token, fused):
    config = small_transformer()
    noise = torch.Generator().manual_seed(3)
    larger = {"hidden_states": torch.randn(1, 4, 3, 6, 8, generator=noise), "timestep": torch.tensor([512.0])}
    if per_token:
        larger["timestep"] = torch.rand(1, 36, generator=noise) * 1000
    graph = transformer_graph(config, 8, per_token, fused=fused)
    assert difference(graph, lively(Transformer(config)), tmp_path, larger) < 1e-5


def test_transformer_with_pictures_in_half(tmp_path):
    config = small_transformer(image_dim=32, image_tokens=514)
    graph = transformer_graph(config, 8, per_token=False, half=True)
    assert difference(graph, lively(Transformer(config)), tmp_path) < 5e-3


@pytest.mark.parametrize("half, near", [(False, 1e-5), (True, 5e-3)])
def test_encoders(tmp_path, half, near):
    assert difference(text_encoder_graph(TEXT_CONFIG, 16, half), lively(TextEncoder(TEXT_CONFIG)), tmp_path) < near
    assert difference(image_encoder_graph(IMAGE_CONFIG, half), lively(ImageEncoder(IMAGE_CONFIG)), tmp_path) < near


@pytest.mark.parametrize("patch", VAES)
def test_vae(tmp_path, patch):
    network = lively(Vae(VAES[patch]))
    graphs = vae_graphs(VAES[patch])
    assert [graph.name for graph in graphs] == [f"vae_{coder}_{part}" for coder in ("encoder", "decoder") for part in ("init", "step")]
    for graph in [*graphs, first_frame_graph(VAES[patch])]:
        larger = {name: clip.repeat(1, 1, 1, 2, 3) for name, clip in example(graph, seed=1).items()}
        chunk = Chunk(network, graph.module.function)
        chunk.keep = graph.module.keep
        assert difference(graph, chunk, tmp_path, larger) < 1e-5, graph.name


def test_weights_stored_in_half_are_half_the_file(tmp_path):
    config = replace(TEXT_CONFIG, vocabulary=4000)
    network, graph = lively(TextEncoder(config)), text_encoder_graph(config, 16)
    wide = write_graph(graph, network.state_dict().__getitem__, tmp_path)[0].stat().st_size
    assert difference(graph, network, tmp_path, store_half=True) < 5e-3
    assert (tmp_path / "text_encoder.onnx").stat().st_size < 0.75 * wide


def test_many_weights_go_into_a_file_of_their_own(tmp_path, monkeypatch):
    monkeypatch.setattr("wan.weights.EMBEDDED_BYTES", 1000)
    assert difference(text_encoder_graph(TEXT_CONFIG, 16), lively(TextEncoder(TEXT_CONFIG)), tmp_path) < 1e-5
    assert {path.name for path in tmp_path.iterdir()} == {"text_encoder.onnx", "text_encoder.onnx.data"}
    assert (tmp_path / "text_encoder.onnx").stat().st_size < (tmp_path / "text_encoder.onnx.data").stat().st_size


def test_a_weight_too_large_for_float16_is_named(tmp_path):
    state = lively(TextEncoder(TEXT_CONFIG)).state_dict()
    state["blocks.1.attn.o.weight"][0, 0] = 1e6
    with pytest.raises(ValueError, match="blocks.1.attn.o.weight holds numbers that torch.float16 does not"):
        write_graph(text_encoder_graph(TEXT_CONFIG, 16, half=True), state.__getitem__, tmp_path)
