"""A published checkpoint's folder to the contract's folder, one network at a time."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import torch

from .about import about
from .checkpoint import Checkpoint, check_fit, must_exist, open_pickled, open_safetensors
from .folder import write_folder
from .graphs import decoder_graphs, encoder_graphs, first_frame_graph, image_encoder_graph, text_encoder_graph, transformer_graph
from .image_encoder import ImageEncoder
from .published import Published
from .recognise import check_transformer, transformer_folders
from .rgb import fit_rgb
from .text_encoder import TextEncoder
from .trace import Graph
from .vae import Vae
from .weights import Read

TEXT_ENCODER = "models_t5_umt5-xxl-enc-bf16.pth"
IMAGE_ENCODER = "models_clip_open-clip-xlm-roberta-large-vit-huge-14.pth"
TOKENIZER = Path("google/umt5-xxl")
TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json")
PAD, EOS = 0, 1


def assemble(folder: Path, model: Published, out: Path, half: bool) -> Path:
    """Writes the graphs of the checkpoint in `folder` to `out`: the path of model_index.json.

    Every file is looked through before the first is written; Misfit names what is missing or of another shape.
    """
    files = open_files(folder, model)
    out.mkdir(parents=True, exist_ok=True)
    (out / "model_index.json").unlink(missing_ok=True)
    for name in TOKENIZER_FILES:
        shutil.copyfile(folder / TOKENIZER / name, out / name)
    tokenizer = {"files": list(TOKENIZER_FILES), "length": model.text_length, "pad_id": PAD, "eos_id": EOS}
    return write_folder(out, about(model, colours(model, files["vae"])), tokenizer, parts(model, files, half))


def open_files(folder: Path, model: Published) -> dict[str, Checkpoint]:
    """The folder's checkpoints, each found to fit its network."""
    for name in TOKENIZER_FILES:
        must_exist(folder / TOKENIZER / name)
    networks = {"text_encoder": (TEXT_ENCODER, TextEncoder, model.text_encoder), "vae": (model.vae_file, Vae, model.vae)}
    files = {}
    for name, (file, network, config) in networks.items():
        files[name] = open_pickled(folder / file)
        with torch.device("meta"):
            check_fit(files[name], network(config))
    if model.transformer.image_dim:
        files["image_encoder"] = open_pickled(folder / IMAGE_ENCODER).within("visual.")
        with torch.device("meta"):
            check_fit(files["image_encoder"], ImageEncoder(model.image_encoder), spare=True)
    for name, path in zip(("transformer", "transformer_2"), transformer_folders(folder, model)):
        files[name] = open_safetensors(path)
        check_transformer(path, files[name], model)
    return files


def colours(model: Published, checkpoint: Checkpoint) -> dict[str, list]:
    """fit_rgb with the checkpoint's VAE."""
    vae = Vae(model.vae).eval()
    vae.load_state_dict({name: checkpoint.read(name).float() for name in checkpoint.shapes})
    return fit_rgb(vae, torch.tensor(model.latents.mean), torch.tensor(model.latents.std))


def parts(model: Published, files: dict[str, Checkpoint], half: bool) -> Iterator[tuple[Graph, Read]]:
    """The graphs with their weights, each made when its turn comes."""
    yield text_encoder_graph(model.text_encoder, model.text_length, half), files["text_encoder"].read
    if "image_encoder" in files:
        yield image_encoder_graph(model.image_encoder, half), files["image_encoder"].read
    for name in ("transformer", "transformer_2"):
        if name in files:
            graph = transformer_graph(model.transformer, model.text_length, model.per_token, half, name=name)
            yield graph, files[name].read
    for graph in vae_parts(model):
        yield graph, files["vae"].read


def vae_parts(model: Published) -> list[Graph]:
    """The decoder, and of the encoder what the model's conditioning needs."""
    encoders = {
        "none": lambda: [],
        "first-frame-timestep": lambda: [first_frame_graph(model.vae)],
        "mask-concat": lambda: encoder_graphs(model.vae),
    }
    return encoders[model.conditioning["kind"]]() + decoder_graphs(model.vae)
