"""Spark, from Python; needs Java."""

from pyspark.sql import SparkSession

from column import column, files, reader

reader("pyspark")
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
spark.sparkContext.setLogLevel("ERROR")
for file in files():
    table = spark.read.parquet(file)
    rows = table.collect()
    for at, field in enumerate(table.schema):
        values = [row[at] for row in rows]
        column(file, field.name, field.dataType.simpleString(), values, about=field.metadata.get("comment"))
