"""Memory at 4,096 tokens: all heads small and one head whole beside the plain forward pass, each in a process of its own.

Run: pytest -m benchmark tests/benchmarks/test_inspect_long.py -s
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.benchmark

PROGRAM = """
import json, resource, sys, time
from pathlib import Path
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import BertConfig, BertModel
from workbench.contracts.inspection import Query
from workbench.engine.devices import give_memory_back
from workbench.engine.support import Support
from workbench.runs.inspector import Inspector
from workbench.runs.looking import Looking

give_memory_back()  # as the process does that the window looks through
torch.set_num_threads(2)
torch.manual_seed(0)
model = BertModel(BertConfig(max_position_embeddings=4096, vocab_size=1000, num_hidden_layers=12, num_attention_heads=12)).eval()
vocab = {"[PAD]": 0, "[UNK]": 1, **{f"w{number}": number + 2 for number in range(900)}}
tokenizer = Tokenizer(models.WordLevel(vocab, unk_token="[UNK]"))
tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
text = " ".join(f"w{number % 900}" for number in range(4096))
began = time.perf_counter()
if sys.argv[1] == "plain":
    with torch.no_grad():
        model(input_ids=torch.tensor([tokenizer.encode(text).ids]))
else:
    opened = Looking(
        path=Path("long"), model=model, tokenizer=tokenizer, images=None, remarks=(), longest=4096,
        support=Support(level="full", message="", sites=()),
    )
    inspector = Inspector(opened)
    seen = inspector.look(Query(text=text))
    assert seen.walls["encoder"].tiles.shape == (12, 12, 160, 160)
    head = inspector.head("encoder", 11, 11)
    assert head.weights.shape == (4096, 4096)
    assert seen.walls["encoder"].trust.max() < 1e-4
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"peak": peak, "seconds": time.perf_counter() - began}))
"""


def measured(way: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-c", PROGRAM, way], capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.timeout(1_300)
def test_all_heads_of_4096_tokens_take_little_more_memory_than_the_model_itself() -> None:
    began = time.perf_counter()
    plain, ours = measured("plain"), measured("inspect")
    ratio = ours["peak"] / plain["peak"]
    print(
        f"\n4,096 tokens, 12 x 12 heads: plain {plain['peak']:,.0f} MB in {plain['seconds']:.1f} s, all heads and one whole "
        f"{ours['peak']:,.0f} MB in {ours['seconds']:.1f} s: {ratio:.2f} ({time.perf_counter() - began:.0f} s in all)"
    )
    assert ratio <= 1.3
