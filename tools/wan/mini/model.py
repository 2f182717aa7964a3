"""wan-mini's text encoder and transformer, joined for training."""

import torch
from torch import Tensor, nn

from wan.text_encoder import TextEncoder, TextEncoderConfig
from wan.transformer import Transformer, TransformerConfig

from .paths import MODEL
from .tokenizer import PAD, vocabulary

TEXT_WIDTH, SHARPNESS = 192, 1.5
TRANSFORMER = TransformerConfig(in_channels=36, out_channels=16, dim=192, heads=4, layers=8, ffn_dim=768, text_dim=TEXT_WIDTH)
TEXT_ENCODER = TextEncoderConfig(
    vocabulary=len(vocabulary()), dim=TEXT_WIDTH, attention_dim=TEXT_WIDTH, heads=6, ffn_dim=512, layers=2
)


class MiniModel(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.text_encoder = TextEncoder(TEXT_ENCODER)
        self.transformer = Transformer(TRANSFORMER)
        _sharpen(self.transformer)

    def read(self, ids: Tensor) -> Tensor:
        """ids int64 [B, 32]: states [B, 32, width], zero where there is no word, as the engine makes them."""
        mask = (ids != PAD).long()
        return self.text_encoder(ids, mask) * mask[..., None]

    def forward(self, latents: Tensor, condition: Tensor, timestep: Tensor, ids: Tensor) -> Tensor:
        """latents [B, 16, f, h, w], condition [B, 20, f, h, w], timestep [B] in 0..1000: velocity noise - clean."""
        return self.transformer(torch.cat([latents, condition], 1), timestep, self.read(ids))


def _sharpen(transformer: Transformer) -> None:
    """Begins the weights of the norms of queries and keys above 1: with heads this small attention could not choose otherwise."""
    for block in transformer.blocks:
        for attention in (block.self_attn, block.cross_attn):
            nn.init.constant_(attention.norm_q.weight, SHARPNESS)
            nn.init.constant_(attention.norm_k.weight, SHARPNESS)


def load_model() -> MiniModel:
    model = MiniModel()
    model.load_state_dict(torch.load(MODEL))
    return model.eval().requires_grad_(False)
