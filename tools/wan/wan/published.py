"""Wan's published checkpoints: their sizes, how they are told apart, and what the graph contract says of each.

Numbers are those of wan/configs and the default settings of generate.py in the Wan-Video repositories, and of diffusers'
conversion script.
"""

from dataclasses import dataclass, field, replace

from .image_encoder import ImageEncoderConfig
from .latents import WAN21_LATENTS, WAN22_LATENTS, LatentStatistics
from .text_encoder import TextEncoderConfig
from .transformer import TransformerConfig
from .vae import WAN21, WAN22, VaeConfig

SMALL = TransformerConfig(dim=1536, heads=12, layers=30, ffn_dim=8960)
LARGE = TransformerConfig(dim=5120, heads=40, layers=40, ffn_dim=13824)
WITH_MASK = replace(LARGE, in_channels=36)
WITH_CLIP = replace(WITH_MASK, image_dim=1280)
WITH_TWO = replace(WITH_CLIP, image_tokens=514)
MIDDLE = TransformerConfig(in_channels=48, out_channels=48, dim=3072, heads=24, layers=30, ffn_dim=14336)

NO_PICTURE = {"kind": "none", "last_frame": False, "optional": False}
PICTURE = {"kind": "mask-concat", "last_frame": False, "optional": False}
TWO_PICTURES = {"kind": "mask-concat", "last_frame": True, "optional": False}
FIRST_FRAME = {"kind": "first-frame-timestep", "last_frame": False, "optional": True}

AT_480P, AT_720P = (832, 480), (1280, 720)


@dataclass(frozen=True)
class Published:
    """A checkpoint. `experts` are folders of two transformers, for much noise and for little; `boundary` is where they meet."""

    id: str
    title: str
    transformer: TransformerConfig
    pipelines: tuple[str, ...]
    conditioning: dict
    size: tuple[int, int] = AT_480P
    max_pixels: int = 1280 * 720
    frames: int = 81
    fps: int = 16
    steps: int = 50
    guidance: float = 5.0
    low_noise_guidance: float | None = None
    shift: float = 3.0
    boundary: float | None = None
    experts: tuple[str, ...] = ()
    vae: VaeConfig = WAN21
    latents: LatentStatistics = WAN21_LATENTS
    vae_file: str = "Wan2.1_VAE.pth"
    text_encoder: TextEncoderConfig = field(default_factory=TextEncoderConfig)
    text_length: int = 512
    image_encoder: ImageEncoderConfig = field(default_factory=ImageEncoderConfig)

    @property
    def per_token(self) -> bool:
        """Whether every token has a timestep of its own."""
        return self.conditioning["kind"] == "first-frame-timestep"


EXPERTS = ("high_noise_model", "low_noise_model")
FROM_PICTURE = ("i2v", "ti2v")

PUBLISHED = (
    Published("wan2.1-t2v-1.3b", "Wan 2.1 T2V 1.3B", SMALL, ("t2v",), NO_PICTURE, max_pixels=832 * 480),
    Published("wan2.1-t2v-14b", "Wan 2.1 T2V 14B", LARGE, ("t2v",), NO_PICTURE),
    Published("wan2.1-i2v-14b", "Wan 2.1 I2V 14B", WITH_CLIP, FROM_PICTURE, PICTURE, steps=40),
    Published(
        "wan2.1-flf2v-14b", "Wan 2.1 FLF2V 14B", WITH_TWO, FROM_PICTURE, TWO_PICTURES, size=AT_720P, guidance=5.5, shift=16.0
    ),
    Published(
        "wan2.2-t2v-a14b", "Wan 2.2 T2V A14B", LARGE, ("t2v",), NO_PICTURE, steps=40, guidance=4.0, low_noise_guidance=3.0,
        shift=12.0, boundary=0.875, experts=EXPERTS,
    ),
    Published(
        "wan2.2-i2v-a14b", "Wan 2.2 I2V A14B", WITH_MASK, FROM_PICTURE, TWO_PICTURES, steps=40, guidance=3.5,
        low_noise_guidance=3.5, shift=5.0, boundary=0.9, experts=EXPERTS,
    ),
    Published(
        "wan2.2-ti2v-5b", "Wan 2.2 TI2V 5B", MIDDLE, ("t2v", "i2v", "ti2v"), FIRST_FRAME, size=(1280, 704),
        max_pixels=1280 * 704, frames=121, fps=24, shift=5.0, vae=WAN22, latents=WAN22_LATENTS, vae_file="Wan2.2_VAE.pth",
    ),
)  # fmt: skip
