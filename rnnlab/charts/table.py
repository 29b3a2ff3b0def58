"""What a chart and the place where it is drawn must agree on."""

TABLE = "table"
"""The name under which a chart expects the rows it draws."""

FURNITURE = 110
"""Pixels for a legend, an axis and its title: where a chart is drawn, its height counts them."""
