"""Makes the Parquet files beside this script: python3 make_tables.py, with pyarrow 25."""
import datetime
import decimal
import pyarrow as pa
import pyarrow.parquet as pq

table = pa.table({
    "age": pa.array([31, None, 45, 27], pa.int32()),
    "town": pa.array(["Rome", "Oslo", None, "Rome"]),
    "price": pa.array([1.5, 2.25, 3.0, 4.75]),
    "ok": pa.array([True, False, True, None]),
    "cents": pa.array([decimal.Decimal("12.34"), None, decimal.Decimal("-0.05"), decimal.Decimal("7.00")], pa.decimal128(9, 2)),
    "day": pa.array([datetime.date(1970, 1, 11), None, None, None]),
})
for codec in ["snappy", "gzip", "none", "zstd"]:
    pq.write_table(table, f"{codec}.parquet", compression=codec, store_decimal_as_integer=True)
pq.write_table(pa.table({"a": [[1, 2], [3]], "b": [1, 2]}), "lists.parquet", compression="none")
