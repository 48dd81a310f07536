"""TensorBoard files are read back by protobuf itself; Weights & Biases is only touched where it is asked for."""

from __future__ import annotations

import json
import struct
import sys
from pathlib import Path
from typing import Any

import pytest
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

from tests.runs.folders import scored, step
from tests.tables import tiny, write_table
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.events import Evaluated, Started, Step
from workbench.engine.control import Control
from workbench.runs.execute import resume, start
from workbench.runs.folder import RunFolder
from workbench.runs.tensorboard import EventFile, crc32c

FIELDS = {
    "Value": (("tag", 1, "STRING", ""), ("simple_value", 2, "FLOAT", "")),
    "Summary": (("value", 1, "MESSAGE", "*Value"),),
    "SessionLog": (("status", 1, "INT32", ""),),
    "Event": (
        ("wall_time", 1, "DOUBLE", ""), ("step", 2, "INT64", ""), ("file_version", 3, "STRING", ""),
        ("summary", 5, "MESSAGE", "Summary"), ("session_log", 7, "MESSAGE", "SessionLog"),
    ),
}  # fmt: skip
"""As in tensorflow/core/util/event.proto and tensorflow/core/framework/summary.proto."""


def event_class() -> Any:  # Any: a class that protobuf makes
    file = descriptor_pb2.FileDescriptorProto(name="event.proto", package="t", syntax="proto3")
    for name, fields in FIELDS.items():
        message = file.message_type.add(name=name)
        for field, number, kind, of in fields:
            made = message.field.add(name=field, number=number, type=getattr(descriptor_pb2.FieldDescriptorProto, f"TYPE_{kind}"))
            repeated = of.startswith("*")
            made.label = 3 if repeated else 1
            if of:
                made.type_name = f".t.{of.strip('*')}"
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("t.Event"))


def records(folder: Path) -> list[Any]:
    """Every event of the folder's files, the checksums checked."""
    made, found = event_class(), []
    for path in sorted(folder.glob("*tfevents*")):
        rest = path.read_bytes()
        while rest:
            (length,) = struct.unpack("<Q", rest[:8])
            for data, mark in ((rest[:8], rest[8:12]), (rest[12 : 12 + length], rest[12 + length : 16 + length])):
                turned = (struct.unpack("<I", mark)[0] - 0xA282EAD8) & 0xFFFFFFFF
                assert (turned >> 17 | turned << 15) & 0xFFFFFFFF == crc32c(data)
            found.append(made.FromString(rest[12 : 12 + length]))
            rest = rest[16 + length :]
    return found


def scalars(folder: Path) -> dict[str, list[tuple[int, float]]]:
    said: dict[str, list[tuple[int, float]]] = {}
    for event in records(folder):
        for value in event.summary.value:
            said.setdefault(value.tag, []).append((event.step, value.simple_value))
    return said


@pytest.mark.parametrize(
    ("data", "value"),
    [(b"123456789", 0xE3069283), (bytes(32), 0x8A9136AA), (b"\xff" * 32, 0x62A8AB43), (bytes(range(32)), 0x46DD794E)],
)
def test_the_checksum_is_that_of_rfc_3720(data: bytes, value: int) -> None:
    assert crc32c(data) == value


def test_curves_are_written_as_tensorboard_reads_them(tmp_path: Path) -> None:
    file = EventFile(tmp_path)
    for event in (step(1, 2.0), step(300, 1e60), scored(300, 0.75)):
        file.take(event)
    file.take(Started(step=200, time=1.0, total_steps=5, device="cpu", parameters=1, rows={}, resumed_from=200))
    file.close()
    first, *_, last = records(tmp_path)
    assert first.file_version == "brain.Event:2"
    assert (last.step, last.session_log.status) == (201, 1)
    said = scalars(tmp_path)
    assert said["train/loss"] == [(1, 2.0), (300, float("inf"))]
    assert said["validation/accuracy"] == [(300, 0.75)]


def test_a_run_that_is_asked_to_writes_all_its_curves_also_after_a_resume(tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification", tensorboard=True)
    control = Control()
    for event in start(experiment, tmp_path / "run", control=control):
        if isinstance(event, Step) and event.step == 5:
            control.stop()
    for _ in resume(tmp_path / "run"):
        pass
    events = list(RunFolder(tmp_path / "run").events())
    said = scalars(tmp_path / "run" / "tensorboard")
    losses = [(event.step, pytest.approx(event.loss)) for event in events if isinstance(event, Step)]
    assert sorted(said["train/loss"]) == sorted(losses, key=lambda pair: pair[0])
    assert len(said["validation/loss"]) == sum(isinstance(event, Evaluated) for event in events)
    plain = tiny(write_table(tmp_path, "text-classification"), "text-classification")
    for _ in start(plain, tmp_path / "plain"):
        pass
    assert not (tmp_path / "plain" / "tensorboard").exists()


def test_weights_and_biases_that_is_not_there_is_said_before_anything_is_made(tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification", wandb="project")
    with pytest.raises(WorkbenchError, match="not installed"):
        next(start(experiment, tmp_path / "run"))
    assert not (tmp_path / "run").exists()


def test_weights_and_biases_hears_every_step_where_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in = """
import json, pathlib
class Run:
    def __init__(self, **given): self.said = [given]
    def log(self, numbers, step): self.said.append([step, numbers])
    def finish(self): pathlib.Path(self.said[0]["dir"], "said.json").write_text(json.dumps(self.said))
def init(**given): return Run(**given)
"""
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages" / "wandb.py").write_text(stand_in)
    monkeypatch.syspath_prepend(tmp_path / "packages")
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification", wandb="my project")
    for _ in start(experiment, tmp_path / "run"):
        pass
    monkeypatch.delitem(sys.modules, "wandb")
    given, *said = json.loads((tmp_path / "run" / "said.json").read_text())
    assert given["project"] == "my project"
    assert given["config"]["train"]["batch_size"] == 8
    steps = [place for place, numbers in said if "train/loss" in numbers]
    assert steps == list(range(1, len(steps) + 1))
    assert any("validation/accuracy" in numbers for _, numbers in said)
