"""Kinds of network: what each is good for, how far back it remembers, and why."""

from rnnlab.ui import frame
from rnnlab.ui.choices import choose_part
from rnnlab.ui.kinds import each_kind, flows, memory_map, why, window_map

frame.head(
    "Which network for what?",
    "No kind is best everywhere. **Tap an answer** to see which inputs it can know of, then read "
    "where this kind won and where it lost.",
)
choose_part([each_kind, flows, memory_map, window_map, why], "about").draw()
