"""Plain English for a scene, in several wordings. What a caption leaves out, the clip may have as it likes."""

import numpy as np

from .scene import Scene, Thing
from .words import ACTIONS, BACKGROUNDS, PLURAL_ACTIONS, SHAPES, SIZE_WORDS

OPENINGS = ["", "", "", "", "", "", "a video of ", "an animation of ", "a clip showing "]
FILLERS = ["", "", "", "", "", "", "", "", "unheard ", "unheard unseen "]  # words outside the vocabulary


def plain_caption(scene: Scene) -> str:
    """The plain wording with everything said: "a small red circle moves left over night"."""
    things = " and ".join(f"{_article(words)} {words}" for words in map(_plain, scene.things))
    return f"{things} {BACKGROUNDS[scene.background][0]}"


def caption(scene: Scene, rng: np.random.Generator) -> str:
    """One of the wordings, now and then with a detail left out or an unknown word in it."""
    said = _shared(scene, rng) or " and ".join(_sentence(thing, rng) for thing in scene.things)
    where = _either(rng, BACKGROUNDS[scene.background])
    order = rng.random()
    if order < 0.05:
        return _either(rng, OPENINGS) + said
    if order < 0.15:
        return f"{where}, {said}"
    return f"{_either(rng, OPENINGS)}{said} {where}"


def _plain(thing: Thing) -> str:
    return f"{thing.size} {thing.colour} {thing.shape} {ACTIONS[thing.action][0]}"


def _sentence(thing: Thing, rng: np.random.Generator) -> str:
    size = _either(rng, SIZE_WORDS[thing.size]) + " " if rng.random() < 0.65 else ""
    colour = thing.colour + " " if rng.random() < 0.97 else ""
    action = " " + _either(rng, ACTIONS[thing.action]) if rng.random() < 0.97 else ""
    words = f"{_either(rng, FILLERS)}{size}{colour}{_either(rng, SHAPES[thing.shape])}{action}"
    return f"{_either(rng, [_article(words), _article(words), 'the', 'one'])} {words}"


def _shared(scene: Scene, rng: np.random.Generator) -> str | None:
    """Two things that do the same: "a red star and a blue ring move left"."""
    if len(scene.things) < 2 or scene.things[0].action != scene.things[1].action:
        return None
    names = [f"{thing.colour} {thing.shape}" for thing in scene.things]
    return f"{_article(names[0])} {names[0]} and {_article(names[1])} {names[1]} {_either(rng, PLURAL_ACTIONS[scene.things[0].action])}"


def _article(words: str) -> str:
    return "an" if words[0] in "aeiou" else "a"


def _either(rng: np.random.Generator, wordings: list[str]) -> str:
    """The plain wording two times in five, else any."""
    return wordings[0] if rng.random() < 0.4 else wordings[rng.integers(len(wordings))]
