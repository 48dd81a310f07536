"""What every head does over many texts: the first rows of a table, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.inspection import Query
from workbench.contracts.specs import DataSpec
from workbench.contracts.studies import Survey
from workbench.data.roles import guess_roles
from workbench.data.table import open_table
from workbench.engine.head_patterns import Text
from workbench.engine.head_table import Measure, head_tables
from workbench.runs.inspector import Inspector

SHUFFLES = 1
"""Of each text; over many texts the mean is as steady as several shuffles of one."""


def survey(
    inspector: Inspector, path: str, column: str, rows: int, *, cancelled: Callable[[], bool] = lambda: False
) -> Iterator[Survey]:
    """Measure all heads over the first rows of a table.

    Args:
        inspector: Holds the model.
        path: The table.
        column: What is read; where it is left empty, the column that looks like the text.
        rows: At most so many; rows without a text do not count.
        cancelled: Whether to stop.

    Yields:
        Once before the first text, and after each.

    Raises:
        Cancelled: `cancelled` said so; what was yielded before holds.
        WorkbenchError: the table cannot be read, has no such column, or nothing stands in it.
    """
    with open_table(DataSpec(table=path), cancelled=cancelled) as table:
        chosen = column or guess_roles(table, DataSpec(table=path)).text
        skipped = 0
        texts: list[str] = []
        for _, (cell,) in table.rows((chosen,)):
            if cell.strip() and len(texts) < rows:
                texts.append(cell)
            elif not cell.strip():
                skipped += 1
            if len(texts) == rows:
                break
        columns = tuple(table.columns)
    if not texts:
        raise WorkbenchError("nothing stands in this column", where=f"{path}, {chosen}", mend="Choose another column.")
    yield Survey(column=chosen, columns=columns, done=0, total=len(texts), skipped=skipped)

    def read() -> Iterator[Text]:
        for text in texts:
            yield Text(inputs=inspector.inputs(Query(text=text)), special_ids=inspector.special_ids)

    provenance = {**inspector.provenance(Query(text="")), "table": path, "column": chosen, "rows": str(len(texts))}
    found = head_tables(
        inspector.model, read(), Measure(shuffles=SHUFFLES), lens=inspector.lens, cancelled=cancelled, provenance=provenance
    )
    for done, tables in enumerate(found, 1):
        yield Survey(column=chosen, columns=columns, done=done, total=len(texts), tables=tuple(tables.values()), skipped=skipped)
