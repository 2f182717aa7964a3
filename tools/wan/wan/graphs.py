"""The contract's graphs (docs/graph-contract.md) of Wan's networks: what goes in, what comes out, which axes are free."""

import torch
from torch import nn

from .attention import fuse
from .half import halve_image_encoder, halve_text_encoder, halve_transformer
from .image_encoder import ImageEncoder, ImageEncoderConfig
from .text_encoder import TextEncoder, TextEncoderConfig
from .trace import Axes, Graph, hollow
from .transformer import Transformer, TransformerConfig
from .vae import Vae, VaeConfig

EXAMPLE = (2, 4)
"""Height and width of the latents that are traced."""

CLIP_STATES = ImageEncoderConfig().tokens

LATENT = {2: "latent_frames", 3: "latent_height", 4: "latent_width"}


def text_encoder_graph(config: TextEncoderConfig, length: int, half: bool = False) -> Graph:
    """ids and mask int64 [1, length] to states [1, length, width]."""
    inputs = {name: torch.ones(1, length, dtype=torch.int64) for name in ("input_ids", "attention_mask")}
    words = {"inputs": {"ids": "input_ids", "mask": "attention_mask"}, "outputs": {"states": "last_hidden_state"}}
    module = hollow(lambda: halve_text_encoder(TextEncoder(config)) if half else TextEncoder(config))
    outputs = {"last_hidden_state": torch.Size((1, length, config.dim))}
    return Graph("text_encoder", module, inputs, outputs, {}, words)


def transformer_graph(
    config: TransformerConfig, text_length: int, per_token: bool, half: bool = False, fused: bool = True, name: str = "transformer"
) -> Graph:
    """Latents, timestep, text and perhaps CLIP's states to a velocity. `half` computes the large layers in float16 and
    `fused` names attention one operation of onnxruntime's (com.microsoft.MultiHeadAttention), which never holds its table."""
    module = hollow(lambda: halve_transformer(Transformer(config)) if half else Transformer(config))
    if fused:
        fuse(module)
    f, (h, w) = 2, EXAMPLE
    tokens = f * h * w // (config.patch[1] * config.patch[2])
    inputs = {
        "hidden_states": torch.zeros(1, config.in_channels, f, h, w),
        "timestep": torch.zeros(1, tokens) if per_token else torch.zeros(1),
        "encoder_hidden_states": torch.zeros(1, text_length, config.text_dim),
    }
    names = {"latents": "hidden_states", "timestep": "timestep", "text": "encoder_hidden_states"}
    if config.image_dim is not None:
        pictures, states = (1, CLIP_STATES) if config.image_tokens is None else (2, config.image_tokens // 2)
        inputs["encoder_hidden_states_image"] = torch.zeros(pictures, states, config.image_dim)
        names["image"] = "encoder_hidden_states_image"
    axes: Axes = {"hidden_states": LATENT, "velocity": LATENT}
    if per_token:
        axes["timestep"] = {1: "tokens"}
    outputs = {"velocity": torch.Size((1, config.out_channels, f, h, w))}
    return Graph(name, module, inputs, outputs, axes, {"inputs": names, "outputs": {"velocity": "velocity"}})


def image_encoder_graph(config: ImageEncoderConfig, half: bool = False) -> Graph:
    """pixels [1, 3, 224, 224] to states [1, 257, 1280]."""
    words = {"inputs": {"pixels": "pixel_values"}, "outputs": {"states": "image_states"}}
    inputs = {"pixel_values": torch.zeros(1, 3, config.size, config.size)}
    outputs = {"image_states": torch.Size((1, config.tokens, config.dim))}
    module = hollow(lambda: halve_image_encoder(ImageEncoder(config)) if half else ImageEncoder(config))
    return Graph("image_encoder", module, inputs, outputs, {}, words)


class Chunk(nn.Module):
    """One of a VAE's four functions as a module: (chunk, caches...) to (chunk, caches...)."""

    def __init__(self, vae: Vae, function: str):
        super().__init__()
        self.vae, self.function, self.keep = vae, function, True

    def forward(self, chunk: torch.Tensor, *caches: torch.Tensor):
        given = (list(caches),) if caches else ()
        result, kept = getattr(self.vae, self.function)(chunk, *given)
        return (result, *kept) if self.keep else result


def vae_graphs(config: VaeConfig) -> list[Graph]:
    """Encoder and decoder, each for a clip's first chunk and for the ones after: what mask-concat conditioning needs."""
    return encoder_graphs(config) + decoder_graphs(config)


def encoder_graphs(config: VaeConfig) -> list[Graph]:
    """vae_encoder_init and vae_encoder_step: frames [1, 3, 1 or 4, H, W] to moments [1, 2z, 1, h, w]."""
    h, w = (side * config.space_scale for side in EXAMPLE)
    chunks = tuple(torch.zeros(1, 3, count, h, w) for count in (1, 4))
    return coder_graphs(config, "encode", {"frames": "frames"}, chunks, {"latents": "moments"})


def first_frame_graph(config: VaeConfig) -> Graph:
    """vae_encoder_init without caches, for networks that take one picture and no clip."""
    graph = encoder_graphs(config)[0]
    graph.module.keep = False
    for name in graph.words["outputs"].pop("caches"):
        del graph.outputs[name], graph.axes[name]
    return graph


def decoder_graphs(config: VaeConfig) -> list[Graph]:
    """vae_decoder_init and vae_decoder_step: latents [1, z, 1, h, w] to frames [1, 3, 1 or 4, H, W]."""
    latents = torch.zeros(1, config.z, 1, *EXAMPLE)
    return coder_graphs(config, "decode", {"latents": "latents"}, (latents, latents), {"frames": "frames"})


def coder_graphs(config: VaeConfig, verb: str, given: dict, chunks: tuple, made: dict) -> list[Graph]:
    """The init and the step graph of one direction: word and tensor name of its input, examples of it, and of its output."""
    init, step = (Chunk(hollow(lambda: Vae(config)), f"{verb}_{part}") for part in ("init", "step"))
    (chunk,), (out,) = given.values(), made.values()
    with torch.no_grad():
        begun = init(chunks[0])
        went_on = step(chunks[1], *begun[1:])
    old, new = ([f"{prefix}cache_{i}" for i in range(len(begun) - 1)] for prefix in ("", "next_"))
    caches = dict(zip(old, begun[1:]))
    words = {"inputs": given, "outputs": {**made, "caches": old}}
    later = {"inputs": {**given, "caches": old}, "outputs": {**made, "caches": new}}
    return [
        coder_graph(f"vae_{verb}r_init", init, {chunk: chunks[0]}, dict(zip([out, *old], begun)), words),
        coder_graph(f"vae_{verb}r_step", step, {chunk: chunks[1], **caches}, dict(zip([out, *new], went_on)), later),
    ]


def coder_graph(name: str, module: nn.Module, inputs: dict, outputs: dict, words: dict) -> Graph:
    """A graph whose inputs and outputs are clips, free in height and width."""
    axes = {tensor: free(clip) for tensor, clip in (inputs | outputs).items()}
    return Graph(name, module, inputs, {n: clip.shape for n, clip in outputs.items()}, axes, words, prefix="vae.")


def free(clip: torch.Tensor) -> dict[int, str]:
    """A clip's free axes: height and width, named by how many of them make one of the latents'."""
    return {axis: f"{LATENT[axis]}{times(clip.shape[axis] // EXAMPLE[axis - 3])}" for axis in (3, 4)}


def times(scale: int) -> str:
    return "" if scale == 1 else f"_x{scale}"
