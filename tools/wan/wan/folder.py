"""A folder as the contract wants it, from graphs and where their weights are read."""

from collections.abc import Iterable
from pathlib import Path

from .index import graph_entry, write_index
from .trace import Graph, trace
from .weights import Read, fill


def write_folder(folder: Path, about: dict, tokenizer: dict, parts: Iterable[tuple[Graph, Read]], store_half=False) -> Path:
    """Writes the graphs one after the other, then model_index.json: its path.

    `about` is the index but for its graphs and tokenizer; the tokenizer's files lie in the folder already and are named under
    "files". `read` gives a weight by its published name. Parts may come from a generator, which lets each go before the next.
    `store_half`: see weights.fill.
    """
    folder.mkdir(parents=True, exist_ok=True)
    graphs = {}
    for graph, read in parts:
        graphs[graph.name] = graph_entry(graph, write_graph(graph, read, folder, store_half))
    return write_index(folder, about, tokenizer, graphs)


def write_graph(graph: Graph, read: Read, folder: Path, store_half: bool = False) -> list[Path]:
    """Writes `<name>.onnx`, and `<name>.onnx.data` for large ones."""
    path = folder / f"{graph.name}.onnx"
    return fill(trace(graph), list(graph.inputs), lambda name: read(name.removeprefix(graph.prefix)), path, store_half)
