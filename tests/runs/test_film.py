"""A film on the disk: what is written comes back, damage is passed over, and it stays within its budget."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import pytest

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.events import Looked
from workbench.contracts.film import HeadScores, Moment
from workbench.contracts.frames import AttentionFrame, PositionFrame
from workbench.runs import film_records
from workbench.runs.film import MOMENTS, Film, FilmWriter, thinned
from workbench.runs.film_records import Place, places

TOKENS = ("[CLS]", "红", "pear")


def moment(step: int, *, size: int = 3, other: bool = False) -> Moment:
    generator = np.random.default_rng(step)
    weights = generator.dirichlet(np.ones(size), (2, 4, size)).astype(np.float32)
    words = tuple(f"{TOKENS[place % 3]}{place}" for place in range(size))
    looked = Looked(
        step=step, time=1e9 + step, text="红 pear", prediction="apple", probabilities={"apple": 0.75, "plum": 0.25},
        frames={"encoder": AttentionFrame(kind="encoder", weights=weights, queries=words, keys=words, step=step)},
        positions=PositionFrame(scheme="learned", values=generator.normal(size=(size, 8)).astype(np.float32), step=step),
        other=moment(step + 1, size=2).looked if other else None,
    )  # fmt: skip
    values = generator.random((1, 2, 4)).astype(np.float32)
    return Moment(looked=looked, scores={"encoder": HeadScores(names=("mirrored",), values=values, nulls=values / np.float32(2))})


def write(run: Path, steps: range, *, budget: int = 10_000_000, after: int = 0, size: int = 3) -> None:
    writer = FilmWriter(run, budget, after=after)
    for step in steps:
        writer.add(moment(step, size=size))
    writer.close()


def test_a_moment_comes_back_as_the_look_it_was(tmp_path: Path) -> None:
    writer = FilmWriter(tmp_path, 1_000_000)
    writer.add(moment(7, other=True))  # read while it is open
    film = Film.open(tmp_path)
    writer.close()
    seen, made = film.moment(0), moment(7, other=True)
    for one, two in ((seen.looked, made.looked), (seen.looked.other, made.looked.other)):
        assert one is not None
        assert two is not None
        assert (one.step, one.time, one.text, one.prediction) == (two.step, two.time, two.text, two.prediction)
        assert one.probabilities == two.probabilities
        frame, whole = one.frames["encoder"], two.frames["encoder"]
        assert (frame.queries, frame.keys, frame.step) == (whole.queries, whole.keys, whole.step)
        np.testing.assert_allclose(frame.weights, whole.weights, atol=1 / 131_070 + 1e-7)
        assert one.positions is not None
        assert two.positions is not None
        assert one.positions.scheme == "learned"
        np.testing.assert_allclose(one.positions.values, two.positions.values, rtol=1e-3, atol=1e-4)
    np.testing.assert_allclose(seen.scores["encoder"].values, made.scores["encoder"].values, atol=5e-4)


def test_steps_and_series_are_those_that_were_written(tmp_path: Path) -> None:
    write(tmp_path, range(0, 50, 5))
    film = Film.open(tmp_path)
    assert film.steps.tolist() == list(range(0, 50, 5))
    assert film.steps.dtype == np.int64
    assert [film.nearest(step) for step in (-3, 12, 13, 900)] == [0, 2, 3, 9]
    assert film.series["encoder"].values.shape == (10, 1, 2, 4)
    assert film.series["encoder"].steps.tolist() == film.steps.tolist()


def test_a_run_without_a_film_has_an_empty_one(tmp_path: Path) -> None:
    film = Film.open(tmp_path)
    assert len(film) == 0
    assert film.changes == ()
    with pytest.raises(WorkbenchError, match="nothing was recorded"):
        film.nearest(3)


@pytest.mark.parametrize("cut", [1, 30, 200])
def test_a_torn_tail_is_passed_over_and_written_after(tmp_path: Path, cut: int) -> None:
    write(tmp_path, range(5))
    path = tmp_path / "film" / MOMENTS
    path.write_bytes(path.read_bytes()[:-cut])
    assert Film.open(tmp_path).steps.tolist() == [0, 1, 2, 3]
    write(tmp_path, range(4, 7), after=100)
    film = Film.open(tmp_path)
    assert film.steps.tolist() == list(range(7))
    assert [film.moment(place).step for place in range(7)] == list(range(7))


def test_a_run_that_goes_on_drops_what_came_after_its_checkpoint(tmp_path: Path) -> None:
    write(tmp_path, range(10))
    write(tmp_path, range(6, 12, 2), after=5)
    film = Film.open(tmp_path)
    assert film.steps.tolist() == [0, 1, 2, 3, 4, 5, 6, 8, 10]
    assert film.series["encoder"].steps.tolist() == film.steps.tolist()


@pytest.mark.parametrize("seed", range(60))
def test_no_damage_ends_in_a_crash_or_a_wrong_picture(tmp_path: Path, seed: int) -> None:
    write(tmp_path, range(8))
    generator = np.random.default_rng(seed)
    path = tmp_path / "film" / generator.choice([MOMENTS, "scores.film"])
    content = bytearray(path.read_bytes())
    for place in generator.integers(0, len(content), 3):
        content[place] ^= 1 << int(generator.integers(8))
    path.write_bytes(bytes(content))
    film = Film.open(tmp_path)
    shown = 0
    for index, step in enumerate(film.steps):
        try:
            looked = film.moment(index).looked
        except WorkbenchError:
            continue
        shown += 1
        assert looked.step == step
        weights = moment(int(step)).looked.frames["encoder"].weights
        np.testing.assert_allclose(looked.frames["encoder"].weights, weights, atol=1e-5)
    assert shown >= 5 or not len(film)  # three records may be gone, or the file is no film any more
    assert isinstance(film.changes, tuple)
    write(tmp_path, range(8, 10), after=100)  # and it can be gone on with
    assert Film.open(tmp_path).steps[-1] == 9


def test_what_was_made_to_harm_is_refused(tmp_path: Path) -> None:
    for payload in (b"", b"x" * 50, zlib.compress(b"\xff\xff\xff\xffno"), zlib.compress(b"\0" * (film_records.LARGEST + 1))):
        with pytest.raises(ValueError, match=r".+"):
            film_records.unpack(payload)
    (tmp_path / "film").mkdir()
    (tmp_path / "film" / MOMENTS).write_bytes(b"\x80\x04pickle")
    assert len(Film.open(tmp_path)) == 0


def test_a_film_stays_within_its_budget_and_spread_over_log_time(tmp_path: Path) -> None:
    budget = 200_000
    writer = FilmWriter(tmp_path, budget)
    for step in range(3_000):
        writer.add(moment(step))
    writer.close()
    film = Film.open(tmp_path)
    assert budget / 2 < film.bytes <= budget
    assert (film.steps[0], film.steps[-1]) == (0, 2_999)
    assert len(film) > 50
    assert [film.moment(place).step for place in range(0, len(film), 9)] == film.steps[::9].tolist()
    for first, last in ((50, 200), (200, 800), (800, 2_900)):  # e-folds of 1.4, 1.4 and 1.3
        assert ((film.steps >= first) & (film.steps < last)).sum() >= len(film) / 10
    assert not list((tmp_path / "film").glob("*.partial"))


def test_thinning_keeps_the_ends_and_takes_where_it_is_crowded() -> None:
    steps = [0, 1, 2, 3, 100, 101, 102, 103, 10_000]
    all_places = [Place(step=step, time=0.0, offset=0, length=100, checksum=0) for step in steps]
    stay = [place.step for place in thinned(all_places, 6 * (100 + film_records.SIZE))]
    assert len(stay) == 6
    assert stay[0] == 0
    assert stay[-1] == 10_000
    assert sum(step in (100, 101, 102, 103) for step in stay) <= 2  # in log-time they are one


def test_a_mark_within_a_payload_begins_no_record(tmp_path: Path) -> None:
    path = tmp_path / "a.film"
    with path.open("wb") as file:
        file.write(film_records.MAGIC + b"junk" + film_records.MARK * 3)
        file.write(film_records.record(4, 0.0, film_records.pack({}, {})))
    assert [place.step for place in places(path)] == [4]
