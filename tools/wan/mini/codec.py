"""wan-mini's VAE: the 2.2 kind (patches of 2, shortcuts) at 4x8x8 with 16 latent channels."""

import torch
from torch import Tensor

from wan.vae import Vae, VaeConfig

from .paths import VAE

CONFIG = VaeConfig(z=16, encoder_dim=32, decoder_dim=32, mults=(1, 2, 2), blocks=1, time=(True, True), patch=2)


def build_vae() -> Vae:
    return Vae(CONFIG)


def load_vae() -> Vae:
    model = build_vae()
    model.load_state_dict(torch.load(VAE))
    return model.eval().requires_grad_(False)
