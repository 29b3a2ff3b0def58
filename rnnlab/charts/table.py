"""The name under which a chart expects the table it draws."""

TABLE = "table"
