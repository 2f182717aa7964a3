"""Where training keeps its scratch (MULTIPLANE_WAN_SCRATCH, else the system's temporary folder) and where the model is shipped."""

import os
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
SCRATCH = Path(os.environ.get("MULTIPLANE_WAN_SCRATCH", Path(tempfile.gettempdir()) / "wan-mini"))
SCRATCH.mkdir(parents=True, exist_ok=True)
SEGMENTS = SCRATCH / "segments.pt"
SHAPES_READ = SCRATCH / "shapes.pt"
VAE = SCRATCH / "vae.pt"
SIDE, HALF_SIDE = 128, 64
LATENTS = {SIDE: SCRATCH / "latents.pt", HALF_SIDE: SCRATCH / "latents-64.pt"}
STATISTICS = SCRATCH / "statistics.pt"
MODEL = SCRATCH / "model.pt"
SHIPPED = HERE.parents[2] / "lib/models/own/wan-mini"
