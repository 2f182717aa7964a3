"""Contact sheets: one row per clip, some of its frames side by side, as a PNG."""

import struct
import zlib
from pathlib import Path

import numpy as np


def write_sheet(path: str | Path, clips: list[np.ndarray], moments: int = 5) -> None:
    """`clips`: uint8 [frames, height, width, 3] each."""
    rows = [np.concatenate([clip[i] for i in np.linspace(0, len(clip) - 1, moments).astype(int)], 1) for clip in clips]
    write_png(path, np.concatenate(rows, 0))


def write_png(path: str | Path, picture: np.ndarray) -> None:
    """`picture`: uint8 [height, width, 3]."""
    height, width, _ = picture.shape
    lines = b"".join(b"\0" + row.tobytes() for row in picture)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(lines, 6)), (b"IEND", b"")]
    chunks = [struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts]
    Path(path).write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))
