"""Films that were damaged, cut or made to harm: a clear error or a moment that is what it says, and never anything else."""

from __future__ import annotations

import copy
import dataclasses
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.runs.test_film import moment, write
from tests.tables import tiny, write_table
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.film import Moment
from workbench.runs import film_records
from workbench.runs.exports.film import write_film
from workbench.runs.film import FOLDER, MOMENTS, SCORES, Film, FilmWriter
from workbench.runs.film_moments import pack_looks, pack_scores

JUNK: tuple[Any, ...] = (
    None, True, -1, 10**30, float("inf"), float("nan"), 1.5, "", "x" * 5_000, "\u202e红", [], [1], [[]], {}, {"a": 1},
)  # fmt: skip


def everything(film: Film) -> list[Moment]:
    """Every moment that can be read, and all that is told of the film."""
    found = []
    for index in range(len(film)):
        try:
            found.append(film.moment(index))
        except WorkbenchError as error:
            assert error.what  # noqa: PT017  what a person reads
    assert isinstance(film.changes, tuple)
    assert isinstance(film.texts, tuple)
    assert film.bytes >= 0
    return found


def append(run: Path, name: str, step: int, payload: bytes) -> None:
    with (run / FOLDER / name).open("ab") as file:
        file.write(film_records.record(step, 0.0, payload))


def mutated(meta: Any, generator: np.random.Generator) -> Any:
    """The same JSON with something else in one place, or with one place missing."""
    meta = copy.deepcopy(meta)
    at = meta
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        key = keys[int(generator.integers(len(keys)))]
        if isinstance(at[key], (dict, list)) and at[key] and generator.random() < 0.8:
            at = at[key]
            continue
        if isinstance(at, dict) and generator.random() < 0.2:
            del at[key]
        else:
            at[key] = JUNK[int(generator.integers(len(JUNK)))]
        return meta


def junk_records(run: Path, count: int) -> None:
    """A film whose records are whole, with sound checksums, and say what no film of ours says."""
    write(run, range(2))
    generator = np.random.default_rng(7)
    made = moment(5, other=True)
    for name, payload in ((MOMENTS, pack_looks(made.looked, (moment(6).looked,))), (SCORES, pack_scores(made.scores))):
        meta, arrays = film_records.unpack(payload)
        for step in range(10, 10 + count):
            wild = mutated(meta, generator)
            append(run, name, step, film_records.pack(wild, arrays))


def test_whole_records_that_say_junk_are_refused_or_shown(tmp_path: Path) -> None:
    junk_records(tmp_path, 300)
    film = Film.open(tmp_path)
    assert len(film) > 200
    seen = everything(film)
    assert [each.step for each in seen[:2]] == [0, 1]  # the sound ones are there
    assert len(seen) < len(film)


@pytest.mark.parametrize("name", [MOMENTS, SCORES])
def test_a_film_that_is_cut_anywhere_is_what_was_whole(name: str, tmp_path: Path) -> None:
    write(tmp_path, range(4))
    path = tmp_path / FOLDER / name
    whole = path.read_bytes()
    ends = [place.end for place in film_records.places(path)]
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        film = Film.open(tmp_path)
        seen = everything(film)
        if name == MOMENTS:
            assert [each.step for each in seen] == [step for step, end in enumerate(ends) if end <= length]
        else:
            assert len(seen) == 4  # pictures need no scores


def test_what_is_no_film_is_an_empty_one(tmp_path: Path) -> None:
    for number, content in enumerate((b"", b"\0" * 100_000, b"workbench film 2\n" * 50, film_records.MARK * 10_000)):
        run = tmp_path / str(number)
        (run / FOLDER).mkdir(parents=True)
        for name in (MOMENTS, SCORES):
            (run / FOLDER / name).write_bytes(content)
        assert everything(Film.open(run)) == []
    (tmp_path / "folder" / FOLDER / MOMENTS).mkdir(parents=True)
    assert everything(Film.open(tmp_path / "folder")) == []


def test_a_payload_that_nests_without_end_is_refused(tmp_path: Path) -> None:
    for deep in (b'{"other":' * 100_000, b"[" * 100_000):
        payload = zlib.compress(struct.pack("<I", len(deep)) + deep)
        with pytest.raises(ValueError, match=r"payload|Expecting"):
            film_records.unpack(payload)
    write(tmp_path, range(1))
    append(tmp_path, MOMENTS, 3, payload)
    assert [each.step for each in everything(Film.open(tmp_path))] == [0]


def test_texts_that_come_and_go_are_each_what_it_says(tmp_path: Path) -> None:
    """What edits of a running training leave: other texts, other shapes, other numbers of them."""
    writer = FilmWriter(tmp_path, 1_000_000)
    for step, (size, count) in enumerate([(3, 1), (5, 3), (4, 2), (3, 1)]):
        looks = [dataclasses.replace(moment(step, size=size + extra).looked, text=f"{size}-{extra}") for extra in range(count)]
        writer.add(Moment(looked=looks[0], others=tuple(looks[1:])))
    writer.close()
    film = Film.open(tmp_path)
    assert [film.moment(index).texts for index in range(4)] == [("3-0",), ("5-0", "5-1", "5-2"), ("4-0", "4-1"), ("3-0",)]
    for index in range(4):
        for text in range(4):
            look = film.moment(index).look(text)
            assert look.frames["encoder"].weights.shape[-1] == sum(int(part) for part in look.text.split("-"))


def test_a_film_of_which_nothing_can_be_read_is_not_exported(tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification")
    (run / "experiment.toml").write_text(experiment.to_toml(), encoding="utf-8")
    write(run, range(3))
    path = run / FOLDER / MOMENTS
    content = bytearray(path.read_bytes())
    for place in film_records.places(path):
        content[place.end - 1] ^= 1
    path.write_bytes(bytes(content))
    assert len(Film.open(run)) == 3
    for name in ("film.gif", "film.html", "pictures"):
        with pytest.raises(WorkbenchError, match="no moment"):
            write_film(run, tmp_path / name)
        assert not (tmp_path / name).exists()
