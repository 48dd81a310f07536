"""Damage one file of a run folder at a time, then do with the run what people do: run as a script by the tests.

    python -m tests.runs.damage_at_random FOLDER TRIALS SEED

Each trial copies a run (finished, or cut off in its middle), turns a bit, cuts, empties, overwrites with zeros or removes one
file or folder, and lists, reads, evaluates, predicts, looks into and resumes it. Allowed are: the same answers and weights to
the bit, and a refusal that says what, where and how to mend it. Prints one JSON line per trial, and a table on stderr.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from tests.runs.any_experiment import any_experiment
from tests.runs.forked import forked
from tests.runs.kill_at_random import go, outcome
from tests.tables import PAIRED
from workbench.contracts.errors import RunFailed, WorkbenchError
from workbench.contracts.specs import Experiment
from workbench.runs.evaluating import evaluate_run
from workbench.runs.execute import resume
from workbench.runs.exports.report import write_report
from workbench.runs.film import Film
from workbench.runs.folder import RunFolder
from workbench.runs.history import list_runs
from workbench.runs.inspector import Inspector
from workbench.runs.predict import predict_text

WAYS = ("bit", "bit", "bit", "cut", "cut", "emptied", "zeros", "gone")
BAD = ("wrong", "crashed", "unclear")
TEXT, PAIR = "red apple pear", "blue plum"


def damage(run: Path, chance: random.Random) -> tuple[str, str]:
    """Harm one file or, seldom, remove one folder; returns which, and how."""
    files = sorted(path for path in run.rglob("*") if path.is_file())
    folders = sorted(path for path in run.rglob("*") if path.is_dir())
    if chance.random() < 0.05:
        victim = chance.choice(folders)
        shutil.rmtree(victim)
        return str(victim.relative_to(run)), "folder gone"
    # each kind of file as often as any other: there are many of checkpoints
    kind = chance.choice(sorted({path.name for path in files}))
    victim = chance.choice([path for path in files if path.name == kind])
    content, way = bytearray(victim.read_bytes()), chance.choice(WAYS)
    if way == "bit" and content:
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    elif way == "cut" and content:
        del content[chance.randrange(len(content)) :]
    elif way == "zeros" and content:
        begin = chance.randrange(len(content))
        content[begin:] = bytes(len(content) - begin)
    elif way == "emptied":
        content.clear()
    if way == "gone":
        victim.unlink()
    else:
        victim.write_bytes(bytes(content))
    return str(victim.relative_to(run)), way


def acts_on(run: Path, task: str) -> dict[str, Callable[[], Any]]:
    """What people do with a run; what comes back is compared with what the unharmed one gave."""
    pair = PAIR if task in PAIRED else ""

    def listed() -> Any:
        (row,) = list_runs([run.parent])
        if row.trouble:  # it stands in the list with what is wrong, and without scores
            raise WorkbenchError(row.trouble, mend="as the list says")
        return row.scores, row.baseline

    def film() -> None:
        found = Film.open(run)
        for place in range(len(found)):
            try:
                found.moment(place)
            except WorkbenchError:  # of one moment
                continue
        found.changes  # noqa: B018  is worked out

    def look() -> Any:
        seen = Inspector.open(run)
        try:
            summary = seen.inspect(TEXT).summary()
            return {name: summary[name] for name in ("tokens", "prediction", "answer", "shapes")}, seen.facts.step
        finally:
            seen.close()

    def weights() -> Any:
        list(resume(run))
        came_to = outcome(run)
        said = {name: came_to.pop(name) for name in ("steps", "scores")}
        return digest(came_to), digest(said)

    return {
        "list": listed,
        "events": lambda: list(RunFolder(run).events()).clear(),
        "film": film,
        "page": lambda: write_report(run, run.parent / "page.html"),
        "evaluate": lambda: {k: v for k, v in evaluate_run(run).items() if k != "run"},
        "predict": lambda: predict_text(run, TEXT, pair).as_dict(),
        "look": look,
        "resume": weights,
    }  # fmt: skip


def tried(run: Path, task: str) -> dict[str, str]:
    """What each act gave, as text: its value, or what it was refused with."""
    found = {}
    for name, act in acts_on(run, task).items():
        try:
            value = act()
            found[name] = "gave " + json.dumps(value, sort_keys=True, default=repr)
        except WorkbenchError as error:
            clear = bool(error.what and (error.mend or isinstance(error, RunFailed)))
            found[name] = f"refused {error}" if clear else f"unclear {error!r}"
        except Exception as error:  # what the certificate is about
            import traceback

            found[name] = f"crashed {''.join(traceback.format_exception(error)[-6:])}"
    return found


def main(folder: Path, trials: int, seed: int) -> None:
    chance = random.Random(seed)
    bases: list[tuple[Path, str, dict[str, str]]] = []
    notes = folder / "notes.txt"
    for number in range(min(10, max(1, trials // 10))):
        place = folder / f"base-{number}"
        place.mkdir()
        wanted = place / "wanted.toml"
        once = random.Random(f"{seed} {number}")
        made = forked(lambda: wanted.write_text(any_experiment(place, number, once).to_toml()), notes)  # noqa: B023  used at once
        assert made.status == 0, made.said
        for state in ("finished", "cut"):
            run = place / state / "runs" / "run"
            run.parent.mkdir(parents=True)
            if state == "finished":
                ended = forked(lambda: go(wanted, run), notes)  # noqa: B023
                assert ended.status == 0, ended.said
            else:
                forked(lambda: cut_off(wanted, run), notes)  # noqa: B023
            task = str(Experiment.load(wanted).data.task)
            bases.append((run, task, in_child(run, task, folder / "sound")))
    counted: Counter[str] = Counter()
    acts: Counter[tuple[str, str]] = Counter()
    for trial in range(trials):
        source, task, sound = bases[trial % len(bases)]
        harmed = folder / "harmed"
        shutil.rmtree(harmed, ignore_errors=True)
        shutil.copytree(source, harmed / "runs" / "run")
        which, how = damage(harmed / "runs" / "run", chance)
        found = in_child(harmed / "runs" / "run", task, None)
        verdicts = {name: judged(name, found.get(name, "crashed the process"), sound[name], which) for name in sound}
        bad = {
            name: found.get(name, "")[-1500:] for name, verdict in verdicts.items() if verdict in ("wrong", "crashed", "unclear")
        }
        counted["bad" if bad else "refused" if "refused" in verdicts.values() else "same"] += 1
        acts.update((name, verdict) for name, verdict in verdicts.items())
        print(json.dumps({  # noqa: T201
            "trial": trial, "task": task, "state": source.parent.parent.name, "file": which, "how": how,
            "refused": {name: found[name][:300] for name, verdict in verdicts.items() if verdict == "refused"}, "bad": bad,
        }), flush=True)  # fmt: skip
    print(f"{trials} damaged folders: {dict(counted)}", file=sys.stderr)  # noqa: T201
    for name in acts_on(folder, ""):
        said = {verdict: acts[name, verdict] for verdict in ("same", "earlier", "refused", "wrong", "crashed", "unclear")}
        print(f"  {name}: {said}", file=sys.stderr)  # noqa: T201


def cut_off(wanted: Path, run: Path) -> None:
    """Train and leave in the middle, as a killed process does: nothing is tidied up."""
    import os

    from workbench.contracts.events import Started, Step
    from workbench.runs.execute import start

    total = 0
    for event in start(Experiment.load(wanted), run):
        if isinstance(event, Started):
            total = event.total_steps
        if isinstance(event, Step) and event.step > 0.7 * total:
            os._exit(0)


def in_child(run: Path, task: str, copy: Path | None) -> dict[str, str]:
    """What each act gives, found out in a child; of a copy, where one is named, so that the run stays as it is."""
    if copy is not None:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(run, copy / "runs" / "run")
        run = copy / "runs" / "run"
    answers = run.parent.parent / "answers.json"
    answers.unlink(missing_ok=True)
    ended = forked(lambda: answers.write_text(json.dumps(tried(run, task))), run.parent.parent / "notes.txt")
    if not answers.exists():
        return {"resume": f"crashed the process with status {ended.status}: {ended.said}"}
    found: dict[str, str] = json.loads(answers.read_text())
    return found


def digest(value: object) -> str:
    """Something short that differs where the values differ in a bit."""
    return hashlib.sha256(repr(value).encode()).hexdigest()


def judged(name: str, found: str, sound: str, which: str) -> str:
    """same, earlier (a sound state of before), refused, wrong, crashed, unclear."""
    word = found.partition(" ")[0]
    if word in ("crashed", "unclear") or (word == "refused" and not sound.startswith("refused")):
        return word
    if found == sound or sound.startswith("refused"):
        return "same"
    if name == "list" and which == "events.jsonl":  # until a run has ended, its scores are what it said
        return "same"
    if name == "resume" and which == "events.jsonl":  # what was said and is gone cannot come back; the weights are the same
        here, there = (json.loads(each.removeprefix("gave "))[0] for each in (found, sound))
        return "same" if here == there else "wrong"
    if name == "look":
        step, sound_step = (json.loads(each.removeprefix("gave "))[1] for each in (found, sound))
        if step is not None and (sound_step is None or step < sound_step):
            return "earlier"
    return "wrong"


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
