"""Numbers as people write them: read exactly, under the sign that most cells call for, and never in silence where in doubt."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import duckdb
import pytest

from workbench.contracts.specs import DataSpec
from workbench.data.numbers import DECIMALS, number, sql_number
from workbench.data.prepare import prepare
from workbench.data.recipe import encode_table
from workbench.data.roles import Roles, guess_roles
from workbench.data.table import open_table

CELLS = [  # cell, as read with a decimal point, with a decimal comma
    ("3,5", None, 3.5), ("1.234,5", None, 1234.5), ("1,234.5", 1234.5, None), ("1 234", 1234.0, 1234.0),
    ("1\u202f234,5", None, 1234.5), ("1'234.50", 1234.5, None), ("1.234", 1.234, 1234.0), ("1,234", 1234.0, 1.234),
    ("0,125", None, 0.125), ("0.125", 0.125, None), ("1.234.567", None, 1234567.0), ("12,34", None, 12.34),
    ("$5", 5.0, 5.0), ("-$5.50", -5.5, None), ("$-5", -5.0, -5.0), ("3,50 €", None, 3.5), ("EUR 3,50", None, 3.5),
    ("￥１，２３４．５", 1234.5, None), ("12 %", 12.0, 12.0), ("１２．５％", 12.5, None), ("−3", -3.0, -3.0),
    ("(1,234.50)", -1234.5, None), ("(3,5)", None, -3.5), (" 7 ", 7.0, 7.0), ("007", 7.0, 7.0), ("1.5e3", 1500.0, None),
    ("1,5e3", None, 1500.0), (".5", 0.5, None), (",5", None, 0.5), ("5.", 5.0, None),
    *((cell, None, None) for cell in ("", "n/a", "5-", "+-5", "(-5)", "1_000", "nan", "inf", "1e999", "1 23", "12.05.2019",
                                     "3:45", "5²", "½", "1,2,3", "12,345,6", "1,234 5", "two", "€", "%", "()", "-", ".", ",",
                                     "5 kg")),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "point", "comma"), CELLS)
def test_a_cell_is_read_exactly_or_not_at_all(cell: str, point: float | None, comma: float | None) -> None:
    assert (number(cell, "point"), number(cell, "comma")) == (point, comma)


def test_the_database_counts_what_python_reads() -> None:
    chance = random.Random(0)
    signs = "0123456789" * 2 + "..,,  ''-+()$€%eE０１９．，％−元\u202f"
    cells = [cell for cell, *_ in CELLS]
    cells += ["".join(chance.choices(signs, k=chance.randint(1, 7))) for _ in range(20_000)]
    with duckdb.connect() as database:
        database.execute("SET enable_progress_bar = false")
        database.execute("CREATE TABLE cells AS SELECT unnest(?::VARCHAR[]) AS cell", [cells])
        for decimal in DECIMALS:
            found = {
                cell for (cell,) in database.execute(f"SELECT cell FROM cells WHERE {sql_number('cell', decimal)}").fetchall()
            }
            read = {cell for cell in cells if number(cell, decimal) is not None}
            too_large = {cell for cell in found - read if "e" in cell.lower()}
            assert found - too_large == read
            assert len(read) > 500


@pytest.mark.parametrize("decimal", DECIMALS)
def test_what_is_written_is_read_again(decimal: str) -> None:
    chance = random.Random(1)
    for _ in range(2_000):
        value = round(chance.uniform(-1e7, 1e7), chance.randint(0, 4))
        plain = f"{value:,.{chance.randint(4, 6)}f}"
        group = chance.choice([",", " ", "\u00a0", "'", ""])
        written = plain.replace(",", "\0").replace(".", "\1").replace("\1", "." if decimal == "point" else ",")
        written = written.replace("\0", "." if group == "," and decimal == "comma" else group)
        written = chance.choice(["{}", "{} €", "${}", "{} %"]).format(written)
        assert number(written, decimal) == value, written


def table(folder: Path, prices: list[str], name: str = "prices.csv") -> Path:
    """Texts with a price each."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [("text", "price"), *((f"a thing of the kind number {n}", price) for n, price in enumerate(prices))]
        )
    return path


def roles_of(path: Path, **spec: object) -> Roles:
    with open_table(DataSpec(table=str(path), **spec)) as opened:  # type: ignore[arg-type]
        return guess_roles(opened, DataSpec(table=str(path), **spec))  # type: ignore[arg-type]


def test_a_column_with_decimal_commas_is_predicted_as_numbers(tmp_path: Path) -> None:
    path = table(tmp_path, [f"{n * 37:,}".replace(",", ".") + f",{n % 100:02d} €" for n in range(80)])
    roles = roles_of(path)
    assert (roles.task, roles.target) == ("regression", "price")
    assert roles.decimal is not None
    assert roles.decimal.value == "comma"
    assert roles.decimal.sure
    assert "80 of 80" in roles.decimal.evidence
    assert "'€' beside 80 of them" in roles.decimal.evidence
    prepared = prepare(DataSpec(table=str(path)))
    assert prepared.data.decimal == "comma"
    labels = {
        row: label
        for part in prepared.parts.values()
        for row, label in zip(part.examples.rows, part.examples.labels, strict=True)
    }
    assert all(labels[n] == pytest.approx(n * 37 + n / 100, rel=1e-6) for n in range(80))


def test_what_may_be_read_either_way_is_told_and_a_person_decides(tmp_path: Path) -> None:
    path = table(tmp_path, [f"{1 + n % 9}.{100 + n}" for n in range(60)])
    roles = roles_of(path)
    assert roles.decimal is not None
    assert (roles.decimal.value, roles.decimal.sure) == ("point", False)
    assert "'1.100' is read as 1.1 and may be meant as 1100" in roles.decimal.evidence
    given = prepare(DataSpec(table=str(path), target="price", decimal="comma"))
    assert given.train.labels is not None
    assert given.train.labels.min() >= 1100


def test_two_ways_in_one_column_are_doubt_and_the_fewer_are_left_out(tmp_path: Path) -> None:
    path = table(tmp_path, [f"{n},{n % 10}" for n in range(1, 60)] + ["3.5", "4.75"])
    roles = roles_of(path)
    assert roles.decimal is not None
    assert (roles.decimal.value, roles.decimal.sure) == ("comma", False)
    assert "2 cells can only be read in the other way" in roles.decimal.evidence
    assert [each.row for each in prepare(DataSpec(table=str(path))).unusable] == [59, 60]


def test_one_cell_does_not_decide_for_hundreds_in_silence(tmp_path: Path) -> None:
    decimal = roles_of(table(tmp_path, [f"{1 + n % 9}.{100 + n}" for n in range(200)] + ["3,5"])).decimal
    assert decimal is not None
    assert (decimal.value, decimal.sure) == ("comma", False)
    assert "1 of them in no other way; '1.100' is read as 1100 and may be meant as 1.1" in decimal.evidence


def test_two_units_in_one_column_are_doubt(tmp_path: Path) -> None:
    path = table(tmp_path, [f"{n * 3} {'%' if n % 2 else '€'}" for n in range(1, 60)])
    decimal = roles_of(path, target="price", task="regression").decimal
    assert decimal is not None
    assert not decimal.sure
    assert "'%' beside 30 of them" in decimal.evidence


def test_cells_in_the_way_of_an_almost_numeric_column_are_named(tmp_path: Path) -> None:
    prices = [f"{n * 7},5" for n in range(100)]
    prices[16], prices[40] = "n/a", "ask us; soon"
    roles = roles_of(table(tmp_path, prices))
    assert (roles.task, roles.target) == ("regression", "price")
    assert roles.decimal is not None
    assert "no numbers: the text 'n/a' in row 17, the text 'ask us; soon' in row 41" in roles.decimal.evidence


def test_a_column_that_is_half_numeric_says_what_stands_in_the_way(tmp_path: Path) -> None:
    prices = [f"{n * 7}" if n % 3 else f"about {n} or so" for n in range(90)]
    roles = roles_of(table(tmp_path, prices))
    assert roles.task != "regression"
    assert "no numbers: the text 'about 0 or so' in row 1" in roles.reason["price"]


def test_another_table_is_read_with_the_same_sign(tmp_path: Path) -> None:
    prepared = prepare(DataSpec(table=str(table(tmp_path, [f"{n},5" for n in range(40)])), target="price", task="regression"))
    encoded = encode_table(prepared, str(table(tmp_path, ["1.234", "2,5"], "more.csv")))
    assert encoded.examples.labels is not None
    assert encoded.examples.labels.tolist() == [1234.0, 2.5]
