"""By hand: what one step calculates, what comes back into the next, and what tanh does to it."""

from rnnlab.lessons.lesson import Check, Lesson, Step

ARTICLES_CASE = {
    "hand_cell": "simple_rnn",
    "simple_rnn_activation": "linear",
    "simple_rnn_kernel": "1_0_2__2_1_3",
    "simple_rnn_recurrent_kernel": "1_2_1__1_0_1__0_1_0",
    "simple_rnn_bias": "0_0_1",
    "simple_rnn_inputs": "1_3__1_1__2_3",
    "simple_rnn_state": "0_0_0",
    "simple_rnn_target": "50_45_50",
}

LESSON = Lesson(
    name="by-hand",
    title="What happens inside one step?",
    sentence="Three steps of three units with pencil and paper, then the same with a function that "
    "squashes, and at last a network that learns its numbers itself.",
    article="hand",
    order=20,
    steps=(
        Step(
            title="One step",
            question="What comes out of the first step?",
            task="The input is 1, 3, and nothing is in memory yet. Calculate the first of the "
            "three numbers on paper: 1 and 3 times the first column of W, and the bias.",
            page="hand_check",
            minutes=3,
            opens=ARTICLES_CASE | {"hand_step": "1"},
            turn=("hand_unit",),
            options=("4", "7", "12"),
            right="7",
            sees="The first unit holds 7.",
            why="1 · 1 + 3 · 2 + 0 = 7: each unit adds up products, and at the first step there is "
            "no memory to add.",
            check=Check(words="1·1 + 3·2 = 7"),
        ),
        Step(
            title="Memory",
            question="The second input is smaller. Why are its numbers so much larger?",
            task="Look at the second step: which of its products were not there in the first?",
            page="hand_check",
            minutes=2,
            opens=ARTICLES_CASE | {"hand_step": "2"},
            turn=("hand_unit",),
            options=(
                "The weights have grown",
                "The state comes back in",
                "The bias is added twice",
            ),
            right="The state comes back in",
            sees="7, 3, 12 become 13, 27, 16 although the input fell from 1, 3 to 1, 1.",
            why="What the units held before is multiplied by U and added: that is all that "
            "“recurrent” means.",
            check=Check(words="7·1 + 3·1 + 12·0 = 10"),
        ),
        Step(
            title="Squash",
            question="What does tanh do to all of this?",
            task="Open **Settings**, turn **Activation** from linear to tanh, and look at the "
            "three steps again.",
            page="hand_check",
            minutes=2,
            opens=ARTICLES_CASE | {"hand_step": "3"},
            turn=("simple_rnn_activation", "hand_unit"),
            options=("Nothing", "No number grows beyond 1", "All numbers become 0"),
            right="No number grows beyond 1",
            sees="48, 45, 54 become nearly 1, 1, 1.",
            why="tanh squashes every sum to between −1 and 1, so a state can be handed on for a "
            "hundred steps and never explode; but beyond 3 it hardly tells numbers apart.",
            check=Check(turned={"simple_rnn_activation": "tanh"}, words="tanh("),
        ),
        Step(
            title="Count",
            question="How many numbers does it have to learn?",
            task="Two inputs, three units: count W, U and b. Then turn **Units** to 32 and count "
            "again.",
            page="hand_check",
            minutes=2,
            opens={
                "part": "Shapes",
                "shape_embedding": "false",
                "shape_features": "2",
                "shape_units": "3",
                "shape_dense": "0",
            },
            turn=("shape_units",),
            options=("9", "15", "18"),
            right="18",
            sees="18: W has 2 · 3, U has 3 · 3, b has 3.",
            why="The length of the sequence is not in it: the same numbers are used at every step.",
            check=Check(words="2·3 + 3·3 + 3 = 18"),
        ),
        Step(
            title="Let it learn",
            question="Can four units add up to thirty?",
            task="Three short sequences stand for 10, 20 and 30. Guess, press **Train**, and open "
            "**What it says** below. Then try **Activation** linear.",
            page="training",
            minutes=3,
            opens={"rule": "toy", "units": "4", "epochs": "2000"},
            turn=("activation",),
            hides=("about",),
            sees="10 and 20 are right, and 30 is missed by a little.",
            why="For the third sequence nearly every unit is at its limit of 1, where tanh hardly "
            "changes any more.",
            check=Check(press="Train", loss=(0.0, 0.02)),
        ),
    ),
)
