"""What a film costs, and whether a change is named where it really happened.

python -m pytest -m benchmark tests/benchmarks/test_film.py -s

Both experiments are made twice, once as everybody makes them and once with a moment at every step: filming changes no weight, so
the second film holds the true step of each change.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import numpy as np
import pytest

from workbench.contracts.film import ChangePoint
from workbench.contracts.specs import Experiment
from workbench.runs.execute import start
from workbench.runs.film import Film
from workbench.runs.filming import Filming
from workbench.runs.resolve import resolve

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1_800)]


def repeats(path: Path, rows: int) -> Path:
    """Random words that come back after 6 to 16 others, as in `test_induction`: (row, word)."""
    generator = np.random.default_rng(1)
    lines = []
    for _ in range(rows):
        fresh = generator.integers(0, 59, int(generator.integers(6, 17)))
        lines.append(" ".join(f"w{word}" for word in np.resize(fresh, 31)))
    path.write_text("text\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def experiments(folder: Path, sample_data: Path) -> dict[str, Experiment]:
    induction = {
        "data": {"table": str(repeats(folder / "repeats.csv", 48_000)), "task": "causal-lm", "text": "text", "tokenizer": "word",
                 "max_length": 34, "validation": 0.02},
        "model": {"layers": 2, "heads": 2, "d_model": 64, "dropout": 0.0, "positions": "learned", "tie_embeddings": False},
        "train": {"batch_size": 64, "epochs": 2, "schedule": "constant", "threads": 1},
    }  # fmt: skip
    reverse = {"data": {"table": str(sample_data / "reverse.csv")}, "train": {"threads": 1}}
    return {"reverse": resolve(reverse), "induction": resolve(induction)}


def filmed(experiment: Experiment, out: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Film, float, float]:
    """The film, seconds spent on it, and seconds of training."""
    made: list[Filming] = []
    honest = Filming.__init__

    def remember(self: Filming, *args: object, **options: object) -> None:
        honest(self, *args, **options)  # type: ignore[arg-type]
        made.append(self)

    with monkeypatch.context() as patch:
        patch.setattr(Filming, "__init__", remember)
        events = list(start(experiment, out))
    return Film.open(out), made[0].spent, float(events[-1].report["seconds"])  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["reverse", "induction"])
def test_a_film_is_cheap_and_names_changes_where_they_are(
    name: str, sample_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    experiment = experiments(tmp_path, sample_data)[name]
    film, spent, trained = filmed(experiment, tmp_path / "run", monkeypatch)
    share = spent / trained
    print(f"\n{name}: {len(film)} moments, {film.bytes / 1e6:.2f} MB, {spent:.2f} s of {trained:.1f} s of training ({share:.2%})")
    with monkeypatch.context() as patch:  # a moment at every step
        for constant in ("AIM", "PER_FOLD", "AT_LEAST"):
            patch.setattr(f"workbench.runs.filming.{constant}", 1e9)
        truth, _, _ = filmed(experiment, tmp_path / "truth", monkeypatch)
    assert len(truth) == truth.steps[-1] + 1
    errors = []
    for change in film.changes:
        real = [other.at for other in truth.changes if _same(change, other)]
        off = min((abs(change.at - at) / at for at in real), default=float("nan"))
        errors.append(off)
        print(f"  {change.sentence}; really at {', '.join(f'{at:.0f}' for at in real) or 'no step'}, off by {off:.1%}")
    reading = []
    for index in range(len(film)):
        began = time.perf_counter()
        film.moment(index)
        reading.append(time.perf_counter() - began)
    print(f"  reading a moment: median {1e3 * statistics.median(reading):.1f} ms, worst {1e3 * max(reading):.1f} ms")
    assert len(film) >= 100
    assert film.bytes <= 64_000_000
    assert share <= 0.03
    assert film.changes
    assert statistics.median(errors) <= 0.1
    assert sum(off <= 0.1 for off in errors) >= 0.9 * len(errors)
    wanted = {"reverse": ("cross", "mirrored"), "induction": ("decoder", "induction")}[name]
    assert any((change.kind, change.name) == wanted and change.became for change in film.changes)


def _same(one: ChangePoint, other: ChangePoint) -> bool:
    return all(getattr(one, part) == getattr(other, part) for part in ("kind", "layer", "head", "name", "became"))
