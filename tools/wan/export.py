"""Turns a downloaded Wan checkpoint into the graphs that Multiplane runs. See README.md and docs/graph-contract.md.

python tools/wan/export.py FOLDER [--model ID] [--out OUT] [--dtype float32|float16]
"""

import argparse
import sys
from pathlib import Path

from wan.assemble import assemble
from wan.checkpoint import Misfit
from wan.published import PUBLISHED
from wan.recognise import recognise

EXPORTED = Path(__file__).resolve().parents[2] / "data" / "weights" / "exported"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Turns a downloaded Wan checkpoint into the graphs that Multiplane runs.")
    parser.add_argument("folder", type=Path, help="the checkpoint as it was published, with config.json in it")
    parser.add_argument("--model", choices=[model.id for model in PUBLISHED], help="which one it must be; told by itself otherwise")
    parser.add_argument("--out", type=Path, help="where the graphs go (data/weights/exported/<model>)")
    parser.add_argument(
        "--dtype", choices=["float32", "float16"], default="float32", help="of the large layers of transformer and encoders"
    )
    return parser.parse_args()


def main() -> int:
    given = arguments()
    try:
        model = recognise(given.folder, [model for model in PUBLISHED if given.model in (None, model.id)])
        print(f"{given.folder} is {model.title}")
        index = assemble(given.folder, model, given.out or EXPORTED / model.id, given.dtype == "float16")
    except Misfit as misfit:
        print(misfit, file=sys.stderr)
        return 1
    print(f"Wrote {index}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
