"""Whole-word tokens: writes tokenizer.json (WordPiece, read by @huggingface/tokenizers) and encodes exactly as it does."""

import json
import re
from pathlib import Path

from . import captions, words

PAD, EOS, UNKNOWN = 0, 1, 2
LENGTH = 32
SPECIAL = ["<pad>", "</s>", "<unk>"]
OTHER_WORDS = """a an the one two and or with of in on at over above under while is are it its which that then to
small smaller large larger slowly quickly fast slow left right up down upwards downwards video clip picture drawing shape shapes
scene background sky stars red orange yellow green blue purple pink white"""


def vocabulary() -> list[str]:
    """Every word the captions can hold, in a fixed order; ids are positions."""
    tables = [words.SHAPES, words.SIZE_WORDS, words.ACTIONS, words.PLURAL_ACTIONS, words.BACKGROUNDS]
    wordings = [wording for table in tables for wordings in table.values() for wording in wordings]
    known = split(" ".join([*wordings, *words.COLOURS, *captions.OPENINGS, OTHER_WORDS, ", . ! ?"]))
    return SPECIAL + sorted(set(known))


def split(text: str) -> list[str]:
    """Lower case, then runs of letters and digits, and each punctuation mark by itself."""
    return re.findall(r"[^\W_]+|[^\w\s]|_", text.lower())


class Tokenizer:
    def __init__(self) -> None:
        self.ids = {word: index for index, word in enumerate(vocabulary())}

    def encode(self, text: str) -> list[int]:
        """At most 31 word ids and the end mark, padded to 32."""
        found = [self.ids.get(word, UNKNOWN) for word in split(text)][: LENGTH - 1] + [EOS]
        return found + [PAD] * (LENGTH - len(found))


def write_tokenizer(folder: Path) -> None:
    """The two files of a Hugging Face fast tokenizer."""
    definition = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {"id": i, "content": token, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
            for i, token in enumerate(SPECIAL)
        ],
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": False, "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}},
                     {"Sequence": {"id": "B", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}],
            "special_tokens": {"</s>": {"id": "</s>", "ids": [EOS], "tokens": ["</s>"]}},
        },
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {
            "type": "WordPiece", "unk_token": "<unk>", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
            "vocab": {word: index for index, word in enumerate(vocabulary())},
        },
    }
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": LENGTH, "do_lower_case": True,
        "pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>",
    }
    for name, content in (("tokenizer.json", definition), ("tokenizer_config.json", settings)):
        (folder / name).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n")
