"""The echo: a network that repeats, the spikes in its curve, and the shortest window it needs."""

from rnnlab.lessons.lesson import Check, Lesson, Step
from rnnlab.presets import PRESETS

ECHO = PRESETS["echo"].settings.to_query()

LESSON = Lesson(
    name="echo",
    title="How short a window still learns an echo?",
    sentence="Find the echo by eye, train a network that repeats it, explain the spikes in its "
    "curve, and find the shortest window with which it still learns.",
    article="echo",
    order=30,
    steps=(
        Step(
            title="Find it",
            question="How late does the echo come?",
            task="The upper row is what comes in, the lower row is what should be said. Find the "
            "upper row again in the lower one.",
            page="data_rules",
            opens=ECHO | {"look": "The series"},
            options=("1 step", "3 steps", "5 steps"),
            right="3 steps",
            sees="Every bit comes back three steps later.",
            why="So all can be known but the first three bits: the best possible loss is 0.",
            check=Check(words="is forced"),
        ),
        Step(
            title="Train",
            question="Will it repeat every bit?",
            task="Guess, and press **Train**.",
            page="training",
            minutes=2,
            opens=ECHO,
            hides=("about",),
            sees="It falls to almost 0 within the first epoch; spikes stay where epochs begin.",
            why="Three bits kept in four units are enough, and every window of 15 steps shows "
            "twelve of them together with their echo.",
            check=Check(press="Train", loss=(0.0, 0.01)),
        ),
        Step(
            title="The spikes",
            question="Why are there spikes in the curve?",
            task="Look at the first window: which of its targets have their cause where nobody "
            "can see it?",
            page="data_rules",
            minutes=2,
            opens=ECHO | {"look": "How it is cut", "look_window": "1"},
            options=(
                "The learning rate is too high",
                "Rows begin with an unseen echo",
                "New data is harder",
            ),
            right="Rows begin with an unseen echo",
            sees="The first three targets of rows 2 to 5 echo bits at the end of the row before.",
            why="The network starts each epoch with an empty memory, so 12 of the 75 bits of its "
            "first window can only be guessed.",
            check=Check(words="its first 3 targets lose a cause"),
        ),
        Step(
            title="How short?",
            question="What is the shortest window with which it learns?",
            task="Turn **Window** down and train, until it fails.",
            page="training",
            minutes=4,
            opens=ECHO | {"seed": "2"},
            turn=("window",),
            hides=("about",),
            options=("2 steps", "4 steps", "8 steps"),
            right="4 steps",
            sees="With 4 steps it is learnt, with 3 the loss stays near 0.69.",
            why="A bit and its echo lie three steps apart, so only a window of four steps or more "
            "holds both, and only then a gradient connects them.",
            check=Check(turned={"window": "3"}, press="Train", loss=(0.67, 0.70)),
        ),
        Step(
            title="Carry the state",
            question="And if each window starts with an empty memory?",
            task="Now **Carry the state** is off. Guess the loss, and train.",
            page="training",
            minutes=2,
            opens=ECHO | {"seed": "3", "carry_state": "false"},
            turn=("carry_state",),
            hides=("about",),
            sees="It stays at 0.1386.",
            why="The first three steps of each window echo bits from before it: 3 of 15 steps cost "
            "0.6931 each, and that makes 0.1386.",
            check=Check(press="Train", loss=(0.1336, 0.1486)),
        ),
    ),
)
