"""Whole-word tokens: ids by hand, and the file that the engine's tokenizer reads."""

import json

import numpy as np

from mini.captions import caption
from mini.scene import sample_training_scene
from mini.tokenizer import EOS, LENGTH, PAD, UNKNOWN, Tokenizer, split, vocabulary, write_tokenizer


def test_ids_of_a_caption():
    tokenizer = Tokenizer()
    ids = tokenizer.encode("A small RED circle, zooming left!")
    words = ["a", "small", "red", "circle", ",", None, "left", "!"]
    assert ids[:8] == [UNKNOWN if word is None else tokenizer.ids[word] for word in words]
    assert ids[8] == EOS and ids[9:] == [PAD] * (LENGTH - 9)


def test_nothing_said_is_the_end_alone():
    assert Tokenizer().encode("") == [EOS] + [PAD] * (LENGTH - 1)


def test_long_text_keeps_its_end_mark():
    ids = Tokenizer().encode("red " * 50)
    assert len(ids) == LENGTH and ids[-1] == EOS and PAD not in ids


def test_every_caption_fits_and_only_meant_words_are_unknown():
    known = set(vocabulary())
    for seed in range(500):
        words = split(caption(sample_training_scene(seed), np.random.default_rng(seed)))
        assert len(words) < LENGTH
        assert set(words) - known <= {"unheard", "unseen"}


def test_the_file_holds_the_same_vocabulary(tmp_path):
    write_tokenizer(tmp_path)
    written = json.loads((tmp_path / "tokenizer.json").read_text())
    assert written["model"]["vocab"] == Tokenizer().ids
    assert [token["id"] for token in written["added_tokens"]] == [PAD, EOS, UNKNOWN]
