"""Writes the shipped folder: `python -m mini.export [folder]`. Graphs keep large weights as float16 and compute in float32."""

import sys
from pathlib import Path

import torch

from wan.folder import write_folder
from wan.graphs import text_encoder_graph, transformer_graph, vae_graphs

from .codec import CONFIG, load_vae
from .model import TEXT_ENCODER, TEXT_WIDTH, TRANSFORMER, load_model
from .paths import SHIPPED, STATISTICS
from .sample import GUIDANCE, SHIFT
from .tokenizer import EOS, LENGTH, PAD, write_tokenizer

MIB = 1 << 20


def export(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    write_tokenizer(folder)
    tokenizer = {"files": ["tokenizer.json", "tokenizer_config.json"], "length": LENGTH, "pad_id": PAD, "eos_id": EOS}
    write_folder(folder, about(), tokenizer, parts(), store_half=True)
    for path in sorted(folder.iterdir()):
        print(f"{path.stat().st_size:>10} {path.name}")


def parts():
    """Each graph with where its weights are read."""
    model, vae = load_model(), load_vae().state_dict()
    yield text_encoder_graph(TEXT_ENCODER, LENGTH), model.text_encoder.state_dict().__getitem__
    yield transformer_graph(TRANSFORMER, LENGTH, per_token=False, fused=False), model.transformer.state_dict().__getitem__
    for graph in vae_graphs(CONFIG):
        yield graph, vae.__getitem__


def about() -> dict:
    """model_index.json but for the tokenizer and the graphs."""
    statistics = torch.load(STATISTICS)
    numbers = {name: [round(x, 6) for x in statistics[name].flatten().tolist()] for name in ("mean", "std", "bias")}
    factors = [[round(x, 6) for x in row] for row in statistics["factors"].tolist()]
    return {
        "id": "wan-mini", "title": "Wan mini", "licence": "MIT", "family": "wan", "pipelines": ["t2v", "i2v", "ti2v"],
        "latents": {
            "channels": CONFIG.z, "scale": {"time": 4, "space": CONFIG.space_scale}, "mean": numbers["mean"], "std": numbers["std"],
            "rgb": {"factors": factors, "bias": numbers["bias"]},
        },
        "text": {"width": TEXT_WIDTH},
        "patch": list(TRANSFORMER.patch),
        "timestep": "scalar",
        "conditioning": {"kind": "mask-concat", "last_frame": True, "optional": True},
        "frames": {"default": 17, "min": 5, "max": 17},
        "size": {"default": {"width": 128, "height": 128}, "multiple": 16, "min": 128, "max_pixels": 128 * 128},
        "fps": {"default": 8, "min": 4, "max": 30},
        "steps": {"default": 20, "min": 1, "max": 60},
        "guidance": {"default": GUIDANCE, "min": 1, "max": 20},
        "schedule": {"scheduler": "unipc", "schedulers": ["unipc", "flow-euler"], "shift": SHIFT},
        "memory": {"text_encoder": 32 * MIB, "transformer": 160 * MIB, "vae": 160 * MIB},
    }  # fmt: skip


if __name__ == "__main__":
    export(Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED)
