"""The contract's model_index.json: what a folder of graphs is, with the bytes and the hash of every file."""

import hashlib
import json
from pathlib import Path

from .trace import Graph

CONTRACT = 1


def file_entry(path: Path) -> dict:
    """Name, bytes and sha256 of a file."""
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"name": path.name, "bytes": path.stat().st_size, "sha256": digest}


def graph_entry(graph: Graph, files: list[Path]) -> dict:
    """A written graph: its files, the graph itself first, and its tensors' names by the contract's words."""
    return {"files": [file_entry(path) for path in files], **graph.words}


def write_index(folder: Path, about: dict, tokenizer: dict, graphs: dict[str, dict]) -> Path:
    """Writes model_index.json, whole from the moment it is there: the folder is a model from then on.

    `about` is all that the graphs do not tell, as in wan/about.py.
    """
    path = folder / "model_index.json"
    tokenizer = {**tokenizer, "files": [file_entry(folder / name) for name in tokenizer["files"]]}
    index = {"contract": CONTRACT, **about, "tokenizer": tokenizer, "graphs": graphs}
    part = path.with_suffix(".json.part")
    part.write_text(json.dumps(index, indent=2) + "\n")
    return part.rename(path)
