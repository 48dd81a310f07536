"""Where the blocks of a model are, found by what they are and never by what an architecture calls them.

A stack is a list of modules of one kind that each hold matrices; what is read before a stack are its embeddings, what comes
after it is the head.
"""

from __future__ import annotations

from collections.abc import Iterator

from torch import nn

MATRICES = 2
"""A block holds at least so many: lists of norms, of dropouts or of single projections are no stacks."""


def stacks(model: nn.Module) -> list[dict[str, nn.Module]]:
    """The blocks of each stack by name, first to last: one stack in an encoder or a decoder, two in an encoder-decoder."""
    return list(_outermost(model, ""))


def depths(model: nn.Module) -> dict[str, int]:
    """How many layers stand above each parameter, by its name: 0 for the head, 1 for the topmost block.

    Embeddings stand below the first block, where stacks are of different heights below that of the highest.
    """
    found = stacks(model)
    place = {name: len(blocks) - number for blocks in found for number, name in enumerate(blocks)}
    deepest = max(map(len, found), default=-1) + 1
    tables = embeddings(model)
    return {
        name: next((place[prefix] for prefix in _prefixes(name) if prefix in place), deepest if name in tables else 0)
        for name, _ in model.named_parameters()
    }


def embeddings(model: nn.Module) -> set[str]:
    """The names of the parameters that are read before the first block.

    These are all tables outside the blocks, and what stands beside them in a module that holds no block: the norm and the
    projection of the embeddings.
    """
    blocks = {name for stack in stacks(model) for name in stack}
    holders: set[str] = set()
    for name, module in model.named_modules():
        if isinstance(module, nn.Embedding) and blocks.isdisjoint(_prefixes(name)):
            parent = name.rpartition(".")[0]
            holds_blocks = not parent or any(block.startswith(parent + ".") for block in blocks)
            holders.add(name if holds_blocks else parent)
    return {name for name, _ in model.named_parameters() if not holders.isdisjoint(_prefixes(name))}


def _outermost(module: nn.Module, prefix: str) -> Iterator[dict[str, nn.Module]]:
    for name, child in module.named_children():
        path = f"{prefix}{name}."
        if isinstance(child, nn.ModuleList) and _are_blocks(child):
            yield {f"{path}{number}": block for number, block in enumerate(child)}
        else:
            yield from _outermost(child, path)


def _are_blocks(modules: nn.ModuleList) -> bool:
    return (
        len({type(each) for each in modules}) == 1
        and not isinstance(modules[0], nn.ModuleList)
        and all(sum(weight.ndim >= 2 for weight in each.parameters()) >= MATRICES for each in modules)
    )


def _prefixes(name: str) -> list[str]:
    """A dotted name and all that it lies in: ``a.b.c`` → ``a``, ``a.b``, ``a.b.c``."""
    parts = name.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts) + 1)]
