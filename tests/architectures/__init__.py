"""The lens tried on every architecture that transformers knows, as tiny random models.

`python -m tests.architectures` measures them and writes docs/architectures.md. It lives with the tests, not with the documents,
because it is one: what it measures is what `tests/benchmarks/test_architectures.py` asserts, with the same tiny models and the
same ground truth.

`shrinking` makes any configuration small, `exceptions` is what no rule covers, `batches` makes inputs, `truth` says what eager
attention computes without any lens, `measure` compares, `sweep` runs them one by one in processes of their own, `table` writes.
"""
