"""Checkpoint folders as published, of small networks, to the contract's folders."""

import hashlib
import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

import export
from small import publish, small_model
from wan.assemble import IMAGE_ENCODER, assemble
from wan.check import example, largest_difference
from wan.checkpoint import Misfit
from wan.graphs import transformer_graph
from wan.published import PUBLISHED
from wan.recognise import recognise

SMALL = [small_model(model.id) for model in PUBLISHED]
BY_ID = {model.id: model for model in SMALL}
DECODER = ["vae_decoder_init", "vae_decoder_step"]
ENCODER = ["vae_encoder_init", "vae_encoder_step"]


@pytest.mark.parametrize(
    "id, kind, graphs",
    [
        ("wan2.1-t2v-14b", "none", ["text_encoder", "transformer", *DECODER]),
        ("wan2.1-flf2v-14b", "mask-concat", ["text_encoder", "image_encoder", "transformer", *ENCODER, *DECODER]),
        ("wan2.2-i2v-a14b", "mask-concat", ["text_encoder", "transformer", "transformer_2", *ENCODER, *DECODER]),
        ("wan2.2-ti2v-5b", "first-frame-timestep", ["text_encoder", "transformer", "vae_encoder_init", *DECODER]),
    ],
)
def test_a_published_folder_becomes_the_contracts(tmp_path, id, kind, graphs):
    model = BY_ID[id]
    found = publish(model, tmp_path / "in")
    assert recognise(tmp_path / "in", SMALL if id != "wan2.1-t2v-14b" else SMALL[1:]).id == id
    index = json.loads(assemble(tmp_path / "in", model, tmp_path / "out", half=False).read_text())
    assert (index["contract"], index["id"], index["conditioning"]["kind"]) == (1, id, kind)
    assert list(index["graphs"]) == graphs
    files_are_told(index, tmp_path / "out")
    assert len(index["latents"]["rgb"]["factors"]) == index["latents"]["channels"] == model.vae.z

    for name in ("transformer", "transformer_2"):
        if name in found:
            graph = transformer_graph(model.transformer, model.text_length, model.per_token, name=name)
            assert largest_difference(tmp_path / "out" / f"{name}.onnx", graph, found[name], example(graph)) < 1e-5


def files_are_told(index: dict, folder: Path) -> None:
    """Every file of the folder is in the index, with its bytes and its hash."""
    named = [file for part in [index["tokenizer"], *index["graphs"].values()] for file in part["files"]]
    assert {file["name"] for file in named} == {path.name for path in folder.iterdir()} - {"model_index.json"}
    for file in named:
        content = (folder / file["name"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())


def test_it_tells_models_apart(tmp_path):
    apart = [model for model in SMALL if model.id != "wan2.1-t2v-1.3b"]  # of one size here, and alike but for it
    for model in apart:
        publish(model, tmp_path / model.id)
        assert recognise(tmp_path / model.id, apart).id == model.id


@pytest.fixture
def folder(tmp_path) -> Path:
    publish(BY_ID["wan2.1-i2v-14b"], tmp_path / "in")
    return tmp_path / "in"


def change(folder: Path, name: str, to) -> None:
    """Changes a transformer's tensor by the function `to`, or takes it out if that gives nothing."""
    for path in folder.glob("*.safetensors"):
        tensors = load_file(path)
        if name in tensors:
            changed = to(tensors.pop(name))
            save_file(tensors | ({name: changed} if changed is not None else {}), path)


@pytest.mark.parametrize(
    "name, to, said",
    [
        ("blocks.1.ffn.0.bias", lambda _: None, "no tensor blocks.1.ffn.0.bias"),
        ("blocks.1.ffn.0.bias", lambda w: w[1:].clone(), r"blocks.1.ffn.0.bias is \[63\], not \[64\]"),
        ("patch_embedding.weight", lambda w: w[:, 1:].clone(), r"is no transformer known here: patch_embedding.weight \[48, 11, 1, 2, 2\]"),
    ],
)
def test_a_misfit_is_named(folder, tmp_path, name, to, said):
    change(folder, name, to)
    with pytest.raises(Misfit, match=said):
        recognise(folder, SMALL)
    assert not (tmp_path / "out").exists()


def test_a_missing_or_foreign_file_is_named_before_anything_is_written(folder, tmp_path):
    model, out = BY_ID["wan2.1-i2v-14b"], tmp_path / "out"
    torch.save({"patch_embedding.weight": torch.zeros(1)}, folder / IMAGE_ENCODER)
    with pytest.raises(Misfit, match=f"{IMAGE_ENCODER}: no tensor"):
        assemble(folder, model, out, half=False)
    (folder / model.vae_file).unlink()
    with pytest.raises(Misfit, match="Wan2.1_VAE.pth is missing"):
        assemble(folder, model, out, half=False)
    assert not out.exists()


def test_another_config_is_named(folder):
    settings = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**settings, "num_heads": 3}))
    with pytest.raises(Misfit, match="num_heads is 3, but 2 in Wan 2.1 I2V 14B"):
        recognise(folder, SMALL)


def test_the_command_writes_a_folder_or_says_why_not(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(export, "PUBLISHED", SMALL)
    monkeypatch.setattr("sys.argv", ["export.py", str(folder), "--out", str(tmp_path / "out"), "--dtype", "float16"])
    assert export.main() == 0
    assert "is Wan 2.1 I2V 14B" in capsys.readouterr().out
    assert (tmp_path / "out" / "model_index.json").exists()
    monkeypatch.setattr("sys.argv", ["export.py", str(tmp_path / "out")])
    assert export.main() == 1
    assert "holds no transformer's config.json" in capsys.readouterr().err
