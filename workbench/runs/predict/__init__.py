"""Use a trained model on new texts and tables: one text with what its words do, or the same table back with predictions."""

from workbench.runs.predict.tables import predict_rows, predict_table, preview
from workbench.runs.predict.texts import predict_text

__all__ = ["predict_rows", "predict_table", "predict_text", "preview"]
