"""Where training keeps its scratch (MULTIPLANE_WAN_SCRATCH, else the system's temporary folder) and where the model is shipped."""

import os
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
SCRATCH = Path(os.environ.get("MULTIPLANE_WAN_SCRATCH", Path(tempfile.gettempdir()) / "wan-mini"))
SCRATCH.mkdir(parents=True, exist_ok=True)
SEGMENTS = SCRATCH / "segments.pt"
VAE = SCRATCH / "vae.pt"
LATENTS = SCRATCH / "latents.pt"
STATISTICS = SCRATCH / "statistics.pt"
MODEL = SCRATCH / "model.pt"
SHIPPED = HERE.parents[2] / "lib/models/own/wan-mini"
