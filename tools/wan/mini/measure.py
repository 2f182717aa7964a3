"""Measures the shipped graphs on combinations never drawn in training: `python -m mini.measure [captions [folder]]`.

Captions: what the judge (mini.judge) sees in each clip against what its caption said. Pictures: how near the first and the last
frame come to the drawn ones they were given.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np

from .captions import plain_caption
from .draw import draw
from .graphs import Graphs
from .judge import Judge, judge, load_judge, own_accuracy, said_of
from .paths import SCRATCH, SHIPPED
from .scene import Scene, sample_test_scene
from .sheet import write_sheet

CAPTIONS, OTHER_CAPTIONS, PICTURES = 200, 20, 12
OTHER_ACTIONS = ("grow", "shrink", "turn", "still")


def measure(captions: int, folder: Path) -> dict:
    graphs, by, started = Graphs(folder), load_judge(), time.monotonic()
    report = {"judge_on_drawn_clips": own_accuracy(by)}
    print(report, flush=True)
    report["pictures"] = _pictures(graphs, by)
    print(report["pictures"], flush=True)
    report["captions"] = _captions(graphs, by, [sample_test_scene(seed) for seed in range(captions)], "test-moving")
    print(report["captions"], flush=True)
    others = [sample_test_scene(10_000 + seed, OTHER_ACTIONS) for seed in range(OTHER_CAPTIONS)]
    report["captions_of_other_actions"] = _captions(graphs, by, others, "test-other")
    report["minutes"] = round((time.monotonic() - started) / 60, 1)
    (SCRATCH / "report.json").write_text(json.dumps(report, indent=2) + "\n")
    return report


def _captions(graphs: Graphs, by: Judge, scenes: list[Scene], sheet: str) -> dict[str, float]:
    """Share of clips that show what their captions say."""
    right: dict[str, list[bool]] = {}
    clips = []
    for scene in scenes:
        clips.append(graphs.generate(plain_caption(scene), seed=scene.seed))
        seen, said = judge(by, clips[-1]), said_of(scene)
        for name, word in said.items():
            right.setdefault(name, []).append(seen[name] == word)
        if any(seen[name] != word for name, word in said.items()):
            print(plain_caption(scene), "->", {name: seen[name] for name, word in said.items() if seen[name] != word}, flush=True)
    write_sheet(SCRATCH / f"{sheet}.png", clips[:12])
    return {name: round(float(np.mean(marks)), 3) for name, marks in right.items()}


def _pictures(graphs: Graphs, by: Judge) -> dict[str, float]:
    """PSNR in dB of given frames, by first picture and by first and last, and whether the thing still moves as told."""
    first, first_of_two, last, direction, clips = [], [], [], [], []
    for seed in range(20_000, 20_000 + PICTURES):
        scene = sample_test_scene(seed)
        drawn = draw(scene)
        by_first = graphs.generate(plain_caption(scene), {0: drawn[0]}, seed=seed)
        by_both = graphs.generate("", {0: drawn[0], 16: drawn[16]}, seed=seed)
        first.append(psnr(by_first[0], drawn[0]))
        first_of_two.append(psnr(by_both[0], drawn[0]))
        last.append(psnr(by_both[16], drawn[16]))
        direction.append(judge(by, by_first)["action"] == scene.things[0].action)
        clips += [drawn, by_first, by_both]
    write_sheet(SCRATCH / "test-pictures.png", clips[:18])
    return {
        "first_frame_psnr": _mean(first), "first_frame_psnr_lowest": _lowest(first),
        "first_and_last_first_psnr": _mean(first_of_two), "first_and_last_last_psnr": _mean(last),
        "first_and_last_last_psnr_lowest": _lowest(last), "moves_as_told_from_first": _mean(direction),
    }


def psnr(found: np.ndarray, wanted: np.ndarray) -> float:
    return float(10 * np.log10(255**2 / np.square(found.astype(float) - wanted).mean()))


def _mean(values: list) -> float:
    return round(float(np.mean(values)), 3)


def _lowest(values: list) -> float:
    return round(float(np.min(values)), 3)


if __name__ == "__main__":
    given = sys.argv[1:]
    report = measure(int(given[0]) if given else CAPTIONS, Path(given[1]) if given[1:] else SHIPPED)
    print(json.dumps(report, indent=2))
