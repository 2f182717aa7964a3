"""The drawn world: the same every time, whole in the picture, and what the test asks for never drawn in training."""

import numpy as np
import pytest

from mini.captions import caption, plain_caption
from mini.draw import draw
from mini.scene import Scene, Thing, combinations, sample_test_scene, sample_training_scene
from mini.words import COLOURS


def test_the_same_seed_draws_the_same_clip():
    first, again, other = (draw(sample_training_scene(seed), frames=3) for seed in (7, 7, 8))
    assert first.shape == (3, 128, 128, 3) and first.dtype == np.uint8
    assert (first == again).all() and (first != other).any()


def test_training_never_draws_a_held_out_combination():
    held_out = set(combinations(test=True))
    assert len(held_out) > 200 and held_out.isdisjoint(combinations(test=False))
    for seed in range(2000):
        scene = sample_training_scene(seed)
        for thing in scene.things:
            assert (thing.shape, thing.colour, thing.action, scene.background) not in held_out


def test_test_scenes_are_all_held_out():
    held_out = set(combinations(test=True))
    for seed in range(200):
        scene = sample_test_scene(seed)
        (thing,) = scene.things
        assert (thing.shape, thing.colour, thing.action, scene.background) in held_out


def test_things_stay_in_the_picture():
    for seed in range(500):
        for thing in sample_training_scene(seed).things:
            for x, y, radius in zip(thing.x, thing.y, thing.radius):
                assert radius <= min(x, y, 1 - x, 1 - y)


@pytest.mark.parametrize(("action", "along", "sign"), [("left", "x", -1), ("right", "x", 1), ("up", "y", -1), ("down", "y", 1)])
def test_directions_are_those_of_the_picture(action, along, sign):
    things = [thing for seed in range(400) for thing in sample_training_scene(seed).things if thing.action == action]
    assert things and all(np.sign(np.diff(getattr(thing, along))[0]) == sign for thing in things)


def test_a_thing_is_where_and_what_it_is_said_to_be():
    still = Thing("square", "blue", "large", "still", (0.5, 0.5), (0.25, 0.25), (0.2, 0.2), (0.0, 0.0))
    frame = draw(Scene("grey", (still,), 0), frames=1)[0].astype(int)
    assert np.abs(frame[32, 64] - np.array(COLOURS["blue"]) * 255).max() < 60
    assert np.ptp(frame[100, 64]) <= 1  # grey


def test_captions_say_what_is_drawn():
    scene = sample_test_scene(3)
    thing = scene.things[0]
    words = plain_caption(scene).split()
    assert {thing.size, thing.colour, thing.shape} <= set(words)
    wordings = {caption(scene, np.random.default_rng(seed)) for seed in range(50)}
    assert len(wordings) > 20
