"""What model_index.json says of a published checkpoint beyond its graphs."""

from dataclasses import asdict

from .memory import estimate
from .published import Published

SHORTEST, SMALLEST = 5, 128
LONGEST = 121
CHUNK = 4
"""Frames that one latent stands for; the first frame has one to itself."""


def about(model: Published, rgb: dict[str, list]) -> dict:
    """The index without tokenizer and graphs. `rgb` is fit_rgb's."""
    space = model.vae.space_scale
    width, height = model.size
    return {
        "id": model.id,
        "title": model.title,
        "licence": "Apache-2.0",
        "family": "wan",
        "pipelines": list(model.pipelines),
        "latents": {
            "channels": model.vae.z,
            "scale": {"time": CHUNK, "space": space},
            **{name: list(values) for name, values in asdict(model.latents).items()},
            "rgb": rgb,
        },
        "text": {"width": model.text_encoder.dim},
        "patch": list(model.transformer.patch),
        "timestep": "per-token" if model.per_token else "scalar",
        "conditioning": model.conditioning,
        "frames": {"default": model.frames, "min": SHORTEST, "max": LONGEST},
        "size": {
            "default": {"width": width, "height": height},
            "multiple": space * model.transformer.patch[1],
            "min": SMALLEST,
            "max_pixels": model.max_pixels,
        },
        "fps": {"default": model.fps, "min": 4, "max": 30},
        "steps": {"default": model.steps, "min": 1, "max": 60},
        "guidance": {"default": model.guidance, "min": 1, "max": 20, **given("low_noise", model.low_noise_guidance)},
        "schedule": {
            "scheduler": "unipc",
            "schedulers": ["unipc", "flow-euler"],
            "shift": model.shift,
            **given("boundary", model.boundary),
        },
        "memory": estimate(model),
    }


def given(name: str, value: float | None) -> dict:
    return {} if value is None else {name: value}
