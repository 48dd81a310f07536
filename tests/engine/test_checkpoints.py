from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path

import pytest
import torch
from torch import nn

from workbench.contracts.errors import RunFailed, WorkbenchError
from workbench.contracts.specs import TrainSpec
from workbench.engine import checkpoints
from workbench.engine.optim import build_optimizer


def write(folder: Path, step: int, value: float = 1.0) -> Path:
    path = folder / checkpoints.name_of(step)
    checkpoints.write(path, {"model": {"w": torch.full((3,), value)}, "random": {"cpu": torch.get_rng_state()}}, {"step": step})
    return path


def test_what_is_written_is_read(tmp_path: Path) -> None:
    tensors, state = checkpoints.read(write(tmp_path, 5, 2.5))
    assert torch.equal(tensors["model"]["w"], torch.full((3,), 2.5))
    assert torch.equal(tensors["random"]["cpu"], torch.get_rng_state())
    assert state == {"step": 5}


@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_checkpoint_is_passed_over_for_the_one_before(tmp_path: Path, seed: int) -> None:
    older, newer = write(tmp_path, 1), write(tmp_path, 2)
    chance = random.Random(seed)
    victim = chance.choice(sorted(newer.iterdir()))
    content = bytearray(victim.read_bytes())
    if chance.random() < 0.5:
        content = content[: chance.randrange(len(content))]
    else:
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    victim.write_bytes(bytes(content))
    found, damaged = checkpoints.newest(tmp_path)
    assert found is not None
    path, tensors, state = found
    assert path == older
    assert state == {"step": 1}
    assert torch.equal(tensors["model"]["w"], torch.ones(3))
    assert len(damaged) == 1
    assert str(newer) in str(damaged[0])


def test_a_checkpoint_whose_best_weights_are_gone_is_passed_over(tmp_path: Path) -> None:
    for step, best in ((4, 2), (8, 6)):
        checkpoints.write(checkpoints.best_of(tmp_path, best), {"model": {"w": torch.ones(1)}}, {})
        checkpoints.write(tmp_path / checkpoints.name_of(step), {"model": {}}, {"progress": {"best_step": best}})
    (checkpoints.best_of(tmp_path, 6) / "model.safetensors").write_bytes(b"")
    found, damaged = checkpoints.newest(tmp_path)
    assert found is not None
    assert found[0].name == checkpoints.name_of(4)
    assert "best-000000006" in str(damaged[0])
    checkpoints.drop_after(tmp_path, 4)  # or it would count among the newest that are kept, though it is of no use
    assert sorted(path.name for path in tmp_path.iterdir()) == ["best-000000002", "step-000000004"]


def test_the_checkpoint_before_keeps_the_best_weights_it_knows_of(tmp_path: Path) -> None:
    for step, best in ((2, 1), (4, 3), (6, 5)):
        checkpoints.write(checkpoints.best_of(tmp_path, best), {"model": {"a": torch.ones(1)}}, {"step": best})
        checkpoints.write(tmp_path / checkpoints.name_of(step), {"model": {}}, {"progress": {"best_step": best}})
        checkpoints.prune(tmp_path, checkpoints.needed(tmp_path))
    assert {path.name for path in tmp_path.iterdir()} == {
        *(checkpoints.name_of(s) for s in (4, 6)),
        "best-000000003",
        "best-000000005",
    }
    (tmp_path / checkpoints.name_of(6) / "state").write_text("junk")
    found, _ = checkpoints.newest(tmp_path)
    assert found is not None
    assert found[0].name == checkpoints.name_of(4)
    assert len(checkpoints.needed(tmp_path)) == 3


def test_weights_of_another_shape_are_another_model() -> None:
    with pytest.raises(WorkbenchError, match="another model"):
        checkpoints.restore(nn.Linear(3, 3, bias=False), {"weight": torch.ones(1, 3)})  # would spread over all rows


def test_a_half_written_folder_is_no_checkpoint_and_goes(tmp_path: Path) -> None:
    whole = write(tmp_path, 1)
    torn = tmp_path / ".step-000000002.99.partial"
    torn.mkdir()
    assert checkpoints.steps(tmp_path) == [whole]
    checkpoints.prune(tmp_path, [whole])
    assert not torn.exists()


def test_no_checkpoint_is_none(tmp_path: Path) -> None:
    assert checkpoints.newest(tmp_path) == (None, [])


def test_names_in_a_checkpoint_cannot_leave_its_folder(tmp_path: Path) -> None:
    path = write(tmp_path, 1)
    content = json.dumps({"files": {"../../secret.safetensors": "0"}})
    (path / "state").write_text(hashlib.sha256(content.encode()).hexdigest() + "\n" + content)
    with pytest.raises(WorkbenchError, match="cannot be used"):
        checkpoints.read(path)


def test_a_place_that_cannot_be_written_is_a_clear_failure(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(RunFailed, match="could not be written"):
        write(blocked, 1)


@pytest.mark.parametrize("name", ["adamw", "adam", "sgd", "adafactor"])
def test_an_optimizer_goes_on_bit_for_bit_after_packing(name: str, tmp_path: Path) -> None:
    def run(interrupt: bool) -> torch.Tensor:
        torch.manual_seed(1)
        model = nn.Linear(4, 2)
        optimizer = build_optimizer(model, TrainSpec(optimizer=name))
        for step in range(6):
            if step == 3 and interrupt:
                tensors, plain = checkpoints.pack_optimizer(optimizer)
                checkpoints.write(tmp_path / "step-3", {"optimizer": tensors}, {"optimizer": plain})
                read, state = checkpoints.read(tmp_path / "step-3")
                optimizer = build_optimizer(model, TrainSpec(optimizer=name))
                checkpoints.unpack_optimizer(optimizer, read["optimizer"], state["optimizer"])
            optimizer.zero_grad()
            model(torch.ones(3, 4) * step).square().sum().backward()
            optimizer.step()
        return model.weight.detach().clone()

    assert torch.equal(run(False), run(True))


def test_tied_weights_are_stored_once_and_stay_tied() -> None:
    model = nn.ModuleDict({"a": nn.Linear(3, 3, bias=False), "b": nn.Linear(3, 3, bias=False)})
    model["b"].weight = model["a"].weight
    tensors = {name: tensor * 2 for name, tensor in checkpoints.unique_tensors(model).items()}
    assert len(tensors) == 1
    checkpoints.restore(model, tensors)
    assert torch.equal(model["b"].weight, tensors["a.weight"])
    with pytest.raises(WorkbenchError, match="another model"):
        checkpoints.restore(nn.Linear(3, 3), tensors)


def test_what_is_being_written_aside_is_no_moment_of_a_run(tmp_path: Path) -> None:
    for name, value in (("step-000000004", 4.0), ("best-000000002", 2.0)):
        checkpoints.write(tmp_path / name, {"model": {"weight": torch.tensor([value])}}, {})
    (tmp_path / ".step-000000006.123.partial").mkdir()
    assert checkpoints.moments(tmp_path) == (2, 4)
    found = checkpoints.newest_weights(tmp_path)
    assert found is not None
    assert found[1] == 4
    assert checkpoints.weights_at(tmp_path, 2)["weight"].item() == 2
