"""What augmentation makes of a table's own texts: shown before it is used."""

from __future__ import annotations

import torch

from workbench.contracts.specs import AUGMENTATIONS, TrainSpec
from workbench.data.prepare import Prepared
from workbench.data.tokenizers import special_ids
from workbench.engine.augmentation import Augmentation, varied, words_among


def variants(prepared: Prepared, train: TrainSpec, *, texts: int = 4, each: int = 3) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Some training texts, each with variants as the model would read them.

    The texts are spread evenly over the training rows. The same seed shows the same variants; training, whose chance runs on,
    meets others. Nothing where nothing is to be varied.
    """
    how = Augmentation(**{name.removeprefix("augment_"): getattr(train, name) for name in AUGMENTATIONS})
    if not how:
        return ()
    rows = prepared.train.inputs
    special = special_ids(prepared.tokenizer)
    words = words_among(rows.values, special)
    longest = prepared.data.max_length
    chosen = [len(rows) * number // texts for number in range(min(texts, len(rows)))]
    shown = []
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(train.seed)
        for place in chosen:
            made = [varied([rows[place]], how, words, special, limit=longest)[0][0] for _ in range(each)]
            text, *told = (prepared.tokenizer.decode(ids.tolist()) for ids in (rows[place], *made))
            shown.append((text, tuple(told)))
    return tuple(shown)
