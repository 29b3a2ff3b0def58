"""The lab's pictures: tables in, Altair charts out, colours by role. No Streamlit here."""

from rnnlab.charts.glimpse import glimpse_chart
from rnnlab.charts.loss_curve import loss_curve

__all__ = ["glimpse_chart", "loss_curve"]
