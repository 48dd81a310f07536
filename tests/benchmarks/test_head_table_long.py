"""The table of heads at 4,096 tokens, 12 × 12 heads: seconds and memory beside the plain pass, each in a process of its own.

A layer's weights are 805 MB there, so the means are over some of the queries (114), and the table says so.

Run: pytest -m benchmark tests/benchmarks/test_head_table_long.py -s
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.benchmark

PROGRAM = """
import json, resource, sys, time
import torch
from transformers import BertConfig, BertModel
from workbench.engine.devices import give_memory_back
from workbench.engine.head_patterns import Text
from workbench.engine.head_table import head_tables

give_memory_back()  # as the process does that the window looks through
torch.set_num_threads(2)
torch.manual_seed(0)
model = BertModel(BertConfig(max_position_embeddings=4096, vocab_size=1000, num_hidden_layers=12, num_attention_heads=12)).eval()
ids = torch.arange(4096)[None] % 900
began = time.perf_counter()
drawn = 0
if sys.argv[1] == "plain":
    with torch.no_grad():
        model(input_ids=ids)
else:
    *_, tables = head_tables(model, [Text(inputs={"input_ids": ids})])
    table = tables["encoder"]
    drawn = table.drawn
    assert table.shape == (12, 12)
    assert {"induction", "positional", "value_weighted_norm"} <= set(table.values)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"peak": peak, "seconds": time.perf_counter() - began, "drawn": drawn}))
"""


def measured(way: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-c", PROGRAM, way], capture_output=True, text=True, check=False, timeout=1_200)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.timeout(1_300)
def test_the_table_of_heads_of_4096_tokens_takes_bounded_memory() -> None:
    plain, ours = measured("plain"), measured("table")
    print(
        f"\n4,096 tokens, 12 x 12 heads: plain pass {plain['peak']:,.0f} MB in {plain['seconds']:.1f} s; table of heads over "
        f"{ours['drawn']} queries {ours['peak']:,.0f} MB in {ours['seconds']:.1f} s"
    )
    assert ours["drawn"] >= 100
    assert ours["peak"] <= plain["peak"] + 2_000
