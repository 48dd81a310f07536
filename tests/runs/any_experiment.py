"""Small experiments drawn at random over all tasks, optimisers, schedules and what else decides the weights."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

from tests.tables import TASKS, bert_for, tiny, write_table
from workbench.contracts.edits import Edit
from workbench.contracts.specs import AUGMENTATIONS, NOT_AUGMENTED, ONE_CLASS, Experiment

OPTIMIZERS = ("adamw", "adam", "sgd", "adafactor")
SCHEDULES = ("constant", "linear", "cosine", "inverse-sqrt")
FINE_TUNED = frozenset({"text-classification", "multi-label", "regression", "pair-classification", "question-answering"})
"""Tasks that `bert_for` makes a pretrained model for."""


def any_experiment(folder: Path, number: int, chance: random.Random) -> Experiment:
    """The experiment of a number: ten tasks and four optimisers in turn, the rest by chance.

    Args:
        folder: For its table and, where one is fine-tuned, its pretrained model.
        number: Forty in a row hold every pair of task and optimiser.
        chance: Decides the rest.
    """
    task, optimizer = TASKS[number % 10], OPTIMIZERS[(number + number // 10) % 4]
    train: dict[str, object] = {
        "optimizer": optimizer, "schedule": chance.choice(SCHEDULES), "warmup": chance.choice((0.0, 0.1, 0.3)),
        "accumulation": chance.choice((1, 1, 2, 3)), "token_dropout": chance.choice((0.0, 0.1)), "seed": chance.randrange(1000),
        "clip": chance.choice((0.0, 1.0)), "weight_decay": chance.choice((0.0, 0.1)), "patience": chance.choice((0, 0, 2)),
        "label_smoothing": chance.choice((0.0, 0.1)), "epochs": chance.randint(2, 5), "evaluations": chance.randint(2, 6),
        "checkpoints": chance.randint(3, 8), "film_megabytes": chance.choice((0, 1)), "tensorboard": chance.random() < 0.2,
        "learning_rate": chance.choice((1e-3, 1e-2)), "gradient_checkpointing": chance.random() < 0.1,
    }  # fmt: skip
    if task in ONE_CLASS:
        train["class_balance"] = chance.choice(("none", "weights", "resample"))
    if task not in NOT_AUGMENTED and chance.random() < 0.5:
        train |= {chance.choice(AUGMENTATIONS): 0.1, chance.choice(AUGMENTATIONS): 0.1}
    model: dict[str, object] = {
        "positions": chance.choice(("learned", "rotary", "relative")),
        "share_layers": chance.random() < 0.2,
    }
    table = write_table(folder, task, rows=60, seed=number)
    if task in FINE_TUNED and chance.random() < 0.5:
        model = {"model": str(bert_for(task, table, folder))}
        model |= chance.choice(({"lora_rank": 2, "lora_dropout": 0.1}, {"freeze_below": 1}, {"freeze_below": 0}, {}))
        train["layer_decay"] = chance.choice((1.0, 0.9))
    made = tiny(table, task, model=model, **train)
    return dataclasses.replace(made, edits=any_edits(made, chance)) if chance.random() < 0.5 else made


def any_edits(experiment: Experiment, chance: random.Random) -> tuple[Edit, ...]:
    """Edits at the first steps; of heads, where the model has heads of its own in every layer."""
    kind = "decoder" if experiment.data.task == "causal-lm" else "encoder"
    can = [
        Edit(what="learning_rate", value=chance.choice((3e-3, 2e-2))), Edit(what="dropout", value=chance.choice((0.0, 0.3))),
        Edit(what="film_text", value="red pear"),
    ]  # fmt: skip
    if experiment.model.model is None and not experiment.model.share_layers:
        can += [Edit(what="head", kind=kind, value=state, head=chance.randrange(2)) for state in ("off", "frozen", "on")]
    return tuple(edit.at(chance.randint(0, 6)) for edit in chance.sample(can, chance.randint(1, 3)))
