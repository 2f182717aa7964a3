"""Large layers in float16, for graphs that compute on a GPU: everything between them stays float32."""

from torch import nn

from .image_encoder import ImageEncoder
from .text_encoder import TextEncoder
from .transformer import Transformer


def halve_linear(*parts: nn.Module) -> None:
    """Linear layers and convolutions to float16."""
    for part in parts:
        for layer in part.modules():
            if isinstance(layer, (nn.Linear, nn.Conv2d, nn.Conv3d)):
                layer.half()


def halve_transformer(network: Transformer) -> Transformer:
    """All but time, modulation, norms and the head, which the checkpoints were trained with in float32."""
    halve_linear(network.patch_embedding, network.text_embedding, network.blocks, getattr(network, "img_emb", nn.Identity()))
    return network


def halve_text_encoder(network: TextEncoder) -> TextEncoder:
    """All but `fc2`, whose results leave float16's range in T5 (Hugging Face keeps it wide too, as `wo`)."""
    network.token_embedding.half()
    for block in network.blocks:
        halve_linear(block.attn, block.ffn.gate, block.ffn.fc1)
    return network


def halve_image_encoder(network: ImageEncoder) -> ImageEncoder:
    """All but norms and positions."""
    halve_linear(network)
    return network
