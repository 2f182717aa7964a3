"""The shipped graphs run by onnxruntime, as the engine runs them: text, denoising, decoding frame group by frame group."""

import json
from pathlib import Path

import numpy as np
import onnxruntime

from .tokenizer import PAD, Tokenizer
from .unipc import UniPC


class Graphs:
    def __init__(self, folder: Path) -> None:
        self.index = json.loads((folder / "model_index.json").read_text())
        self.sessions = {
            name: onnxruntime.InferenceSession(folder / graph["files"][0]["name"], providers=["CPUExecutionProvider"])
            for name, graph in self.index["graphs"].items()
        }
        self.mean, self.std = (
            np.array(self.index["latents"][name], np.float32).reshape(1, -1, 1, 1, 1) for name in ("mean", "std")
        )

    def read(self, text: str) -> np.ndarray:
        """States [1, 32, width], zero where there is no word."""
        ids = np.array([Tokenizer().encode(text)])
        mask = (ids != PAD).astype(np.int64)
        states = self.sessions["text_encoder"].run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return states * mask[..., None].astype(np.float32)

    def generate(self, text: str, pictures: dict[int, np.ndarray] | None = None, seed=0, frames=17) -> np.ndarray:
        """A uint8 clip [frames, 128, 128, 3]. `pictures`: uint8 [128, 128, 3] by the frame they are of (0, or 0 and the last)."""
        said, unsaid = self.read(text), self.read("")
        steps, guidance = (self.index[name]["default"] for name in ("steps", "guidance"))
        condition = self.condition(pictures or {}, frames)
        x = np.random.default_rng(seed).standard_normal((1, 16, *condition.shape[2:])).astype(np.float32)
        schedule = UniPC(steps, self.index["schedule"]["shift"])
        for timestep in schedule.timesteps:
            told, untold = (self._velocity(x, condition, timestep, states) for states in (said, unsaid))
            x = schedule.step(untold + guidance * (told - untold), x).astype(np.float32)
        return self.decode(x * self.std + self.mean)

    def condition(self, pictures: dict[int, np.ndarray], frames: int) -> np.ndarray:
        """Mask and latents of the grey clip with the pictures in it, [1, 20, f, 16, 16]; all zero without pictures."""
        latent_frames = (frames + 3) // 4
        if not pictures:
            return np.zeros((1, 20, latent_frames, 16, 16), np.float32)
        clip, mask = np.zeros((1, 3, frames, 128, 128), np.float32), np.zeros((frames + 3,), np.float32)
        for frame, picture in pictures.items():
            clip[0, :, frame] = picture.transpose(2, 0, 1) / 127.5 - 1
            mask[[0, 1, 2, 3] if frame == 0 else [frame + 3]] = 1
        latents = (self.encode(clip) - self.mean) / self.std
        shown = np.broadcast_to(mask.reshape(1, latent_frames, 4).transpose(0, 2, 1)[..., None, None], (1, 4, *latents.shape[2:]))
        return np.concatenate([shown, latents], 1).astype(np.float32)

    def encode(self, clip: np.ndarray) -> np.ndarray:
        """[1, 3, frames, H, W] in -1..1: means of the latents."""
        groups = [clip[:, :, :1], *np.split(clip[:, :, 1:], range(4, clip.shape[2] - 1, 4), 2)]
        return self._stream("vae_encoder", "frames", groups)[:, :16]

    def decode(self, latents: np.ndarray) -> np.ndarray:
        frames = self._stream("vae_decoder", "latents", np.split(latents, latents.shape[2], 2))
        return np.round((frames[0].clip(-1, 1).transpose(1, 2, 3, 0) + 1) * 127.5).astype(np.uint8)

    def _stream(self, name: str, word: str, groups: list[np.ndarray]) -> np.ndarray:
        first, *caches = self.sessions[f"{name}_init"].run(None, {word: groups[0]})
        parts, step = [first], self.sessions[f"{name}_step"]
        names = self.index["graphs"][f"{name}_step"]["inputs"]["caches"]
        for group in groups[1:]:
            part, *caches = step.run(None, {word: group, **dict(zip(names, caches))})
            parts.append(part)
        return np.concatenate(parts, 2)

    def _velocity(self, x: np.ndarray, condition: np.ndarray, timestep: float, states: np.ndarray) -> np.ndarray:
        inputs = {
            "hidden_states": np.concatenate([x, condition], 1), "timestep": np.array([timestep], np.float32),
            "encoder_hidden_states": states,
        }
        return self.sessions["transformer"].run(None, inputs)[0]
