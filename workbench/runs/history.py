"""Runs as a list: what each folder says at a glance, a thousand of them in a second.

Read are ``experiment.toml``, ``report.json`` and the end of ``events.jsonl``. What was found is kept in ``.runs.json`` of the
folder that holds the runs, by the times of these files; it may be deleted at any time.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from workbench.contracts.errors import Cancelled
from workbench.contracts.events import numbers_of
from workbench.contracts.history import RunRow
from workbench.runs.folder import read_report, write_text
from workbench.runs.ownership import LOCK, owner_of

INDEX = ".runs.json"
VERSION = 2
TRASH = ".trash"
ORIGIN = "origin.json"
"""Of a branch: the run whose past it shares, and up to which step."""
MARKS = ("experiment.toml", "events.jsonl", "report.json", "checkpoints", LOCK)
"""A folder with any of these is a run, whole or not."""
END = 1 << 16
"""Bytes at the end of ``events.jsonl`` that tell how a run ended."""
FARTHEST = 1 << 22
"""Bytes from its end within which the best score so far is looked for."""


def list_runs(places: Iterable[Path], cancelled: Callable[[], bool] = lambda: False) -> list[RunRow]:
    """Every run in these places, the newest first; a damaged one is listed with what is wrong.

    Args:
        places: Folders of runs, or single runs. One that is not there holds none.
        cancelled: Asked now and then whether to stop.

    Raises:
        Cancelled: it was asked to.
    """
    found: dict[Path, RunRow] = {}
    for place in places:
        place = place.expanduser().absolute()
        rows = [read_row(place)] if is_run(place) else _in_folder(place, cancelled)
        found |= {row.path: row for row in rows}
    return sorted(found.values(), key=lambda row: (-row.made, row.path.name))


def is_run(path: Path) -> bool:
    """Whether a folder is a run, whole or damaged."""
    return any((path / mark).exists() for mark in MARKS)


def can_go_on(path: Path) -> bool:
    """Whether a run that ended early, or never began, can be gone on with; cheap enough for the GUI thread."""
    return any((path / "checkpoints").glob("step-*/state")) or (path / ORIGIN).is_file()  # a branch may begin at the seed


def read_row(path: Path) -> RunRow:
    """What one run folder says; never an error."""
    return dataclasses.replace(_read(path), **_now(path))


def size_of(path: Path) -> int:
    """Bytes that a folder takes; what cannot be read counts nothing."""
    total = 0
    for folder, _, names in os.walk(path):
        for name in names:
            with suppress(OSError):
                total += (Path(folder) / name).lstat().st_size
    return total


def as_json(row: RunRow) -> dict[str, Any]:  # Any: JSON
    """A row for scripts."""
    return {**dataclasses.asdict(row), "path": str(row.path)}


def _in_folder(folder: Path, cancelled: Callable[[], bool]) -> list[RunRow]:
    known = _load_index(folder)
    kept: dict[str, Any] = {}
    rows, fresh = [], False
    for path in _subfolders(folder):
        if cancelled():
            raise Cancelled("stopped while listing runs")
        stamp = _stamp(path)
        if not stamp:
            continue
        row = _from_index(path, known.get(path.name), stamp)
        if row is None:
            row, fresh = _read(path), True
        kept[path.name] = [stamp, _to_index(row)]
        rows.append(dataclasses.replace(row, **_now(path)) if _unfinished(row) else row)
    if fresh or kept.keys() != known.keys():
        with suppress(OSError):  # a folder that cannot be written has no index
            text = json.dumps({"version": VERSION, "runs": kept})
            write_text(folder / INDEX, f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}")
    return rows


def _subfolders(folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            yield from (folder / entry.name for entry in entries if not entry.name.startswith(".") and entry.is_dir())
    except OSError:
        return


def _stamp(path: Path) -> list[int]:
    """Times and sizes of what a row is read from; nothing where this is no run."""
    stamp, there = [], False
    for mark in MARKS[:-1]:
        try:
            found = (path / mark).stat()
            stamp += [found.st_mtime_ns, found.st_size]
            there = True
        except OSError:
            stamp += [0, 0]
    return stamp if there or (path / LOCK).exists() else []


def _unfinished(row: RunRow) -> bool:
    """Whether somebody may be training it, which no file's time tells."""
    return row.state != "finished" or (row.path / LOCK).exists()


def _now(path: Path) -> dict[str, Any]:  # Any: fields of a row
    """What changes without a file of the run changing."""
    owner = owner_of(path)
    return {} if owner is None else {"state": "training", "owner": owner, "trouble": ""}


def _read(path: Path) -> RunRow:
    """A row as the files say it, whoever may be at work."""
    row = RunRow(
        path=path, state="cut-off", name=path.name, has_model=(path / "model" / "config.json").is_file(),
        continues=can_go_on(path), made=_time(path), **_of_origin(path / ORIGIN),
    )  # fmt: skip
    try:
        said = tomllib.loads((path / "experiment.toml").read_text(encoding="utf-8"))
        row = dataclasses.replace(row, **_of_experiment(said, path.name))
    except FileNotFoundError:
        return dataclasses.replace(row, state="broken", trouble="there is no experiment.toml in this folder")
    except (OSError, ValueError) as error:
        return dataclasses.replace(row, state="broken", trouble=f"experiment.toml cannot be read: {error}")
    try:
        row = dataclasses.replace(row, **_of_report(read_report(path / "report.json")))
    except FileNotFoundError:
        pass
    except (OSError, ValueError, TypeError, AttributeError) as error:
        row = dataclasses.replace(row, trouble=f"report.json cannot be read: {error}")
    try:
        row = dataclasses.replace(row, **_of_events(path / "events.jsonl", row))
        lost = row.state in ("finished", "stopped") and not (path / "report.json").exists()
        return dataclasses.replace(row, trouble="the report of this run is gone") if lost else row
    except FileNotFoundError:
        return row if row.state == "finished" else dataclasses.replace(row, trouble=row.trouble or "it never began to train")
    except OSError as error:
        return dataclasses.replace(row, state="broken", trouble=f"events.jsonl cannot be read: {error}")


def _of_origin(path: Path) -> dict[str, Any]:
    """Whose past it shares; nothing where that is not said."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return {"branched_from": str(said["run"]), "branched_at": _whole(said["step"])}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _of_experiment(said: Mapping[str, Any], name: str) -> dict[str, Any]:
    parts = [said.get(section, {}) for section in ("data", "model")]
    data, model = (part if isinstance(part, dict) else {} for part in parts)
    shape = tuple(_whole(model.get(key, 0)) for key in ("layers", "heads", "d_model"))
    return {
        "name": str(said.get("name") or name), "task": str(data.get("task") or ""), "data": str(data.get("table") or ""),
        "model": str(model.get("model") or ""), "shape": shape,
    }  # fmt: skip


def _of_report(report: Mapping[str, Any]) -> dict[str, Any]:
    split = "test" if report["metrics"].get("test") else "validation"
    return {
        "state": "stopped" if report.get("stopped") == "asked" else "finished",
        "scores": numbers_of(report["metrics"].get(split)), "baseline": numbers_of((report.get("baseline") or {}).get(split)),
        "seconds": float(report.get("seconds") or 0.0), "steps": _whole(report.get("steps")),
        "parameters": _whole(report.get("parameters")),
    } if isinstance(report.get("metrics"), dict) else {}  # fmt: skip


def _of_events(path: Path, row: RunRow) -> dict[str, Any]:
    """How it ended, by the last whole line that says anything; for one without report, how far it came."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - END))
        end = file.read()
        lines = end[: end.rfind(b"\n") + 1].splitlines()
        last = next((said for line in reversed(lines) if (said := _event(line))), {})
        if last.get("type") == "finished":
            return {"state": "stopped" if last.get("stopped") == "asked" else "finished"}
        found: dict[str, Any] = {"state": "cut-off", "steps": _whole(last.get("step"))}
        if last.get("type") == "failed":
            found |= {"state": "failed", "trouble": str(last.get("what") or "")}
        step = next((said for line in reversed(lines) if (said := _event(line)).get("type") == "step"), {})
        found["seconds"] = float(step.get("seconds") or row.seconds)
        if size <= END or not row.scores:
            file.seek(max(0, size - FARTHEST))
            scored = _best_scored(file.read() if size > END else end)
            found |= {"scores": scored} if scored else {}
        file.seek(0)
        found["total_steps"] = _whole(_event(file.readline(END)).get("total_steps"))
    return found


def _best_scored(text: bytes) -> dict[str, float]:
    """The scores of the last evaluation that was the best so far."""
    place = len(text)
    while (place := text.rfind(b'{"type": "evaluated"', 0, place)) >= 0:
        said = _event(text[place:].partition(b"\n")[0])
        if said.get("best") is True:
            return numbers_of(said.get("metrics"))
    return {}


def _event(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _whole(value: object) -> int:
    return int(value) if isinstance(value, int | float) and value == value and abs(value) < 2**63 else 0


def _time(path: Path) -> float:
    for file in (path / "experiment.toml", path):
        with suppress(OSError):
            return file.stat().st_mtime
    return 0.0


# -- the index ----------------------------------------------------------------------------------------------------------


def _load_index(folder: Path) -> dict[str, Any]:
    try:
        checksum, _, text = (folder / INDEX).read_text(encoding="utf-8").partition("\n")
        if checksum != hashlib.sha256(text.encode()).hexdigest():
            return {}
        said = json.loads(text)
        runs = said["runs"] if said["version"] == VERSION else {}
        return runs if isinstance(runs, dict) else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _to_index(row: RunRow) -> dict[str, Any]:
    return {k: v for k, v in vars(row).items() if k not in ("path", "owner")}


def _from_index(path: Path, kept: object, stamp: Sequence[int]) -> RunRow | None:
    """What was found before, where nothing changed since."""
    if not (isinstance(kept, list) and len(kept) == 2 and kept[0] == stamp and isinstance(kept[1], dict)):
        return None
    try:
        values = kept[1] | {"shape": tuple(kept[1]["shape"])}
        return RunRow(path=path, **values)
    except (TypeError, KeyError):
        return None
