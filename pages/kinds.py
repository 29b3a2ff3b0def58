"""Kinds of network: what each is good for, how far back it remembers, and why."""

from rnnlab.ui import frame
from rnnlab.ui.choices import choose_part
from rnnlab.ui.kinds import each_kind, flows, memory_map, why, window_map

frame.head(
    "Which network for what?",
    "Simple, with gates, in both directions, deep: each kind remembers in its own way. See "
    "what can reach what, and what was measured here. You can train every number again.",
)
choose_part([each_kind, flows, memory_map, window_map, why], "about").draw()
