"""The verdict on a film: word by word, what different networks forget, and where memory is."""

from rnnlab.lessons.lesson import Check, Lesson, Step

LESSON = Lesson(
    name="review",
    title="Who forgets how a review began?",
    sentence="Watch a verdict move with every word, see which network forgets how a text began, "
    "and look at memory itself in ten lines.",
    article="memory",
    order=40,
    steps=(
        Step(
            title="Word by word",
            question="Which word turns the verdict back?",
            task="Read the text, guess, and look at the curve: it is the verdict after every word. "
            "Then write a review of your own that turns around.",
            page="sentiment",
            minutes=3,
            opens={
                "text": "The beginning is wonderful. The end is boring.",
                "typed_model": "gru",
            },
            options=("wonderful", "end", "boring"),
            right="boring",
            sees="The verdict rises at “wonderful” and falls at “boring”.",
            why="After every word the network holds all that it has read in its state, and the "
            "verdict is read off that state.",
            check=Check(words="negative"),
        ),
        Step(
            title="Who forgets?",
            question="Which one forgets how a long text began?",
            task="One sentence says what its writer thinks, and then comes 200 words of plot. Look "
            "at the table below: who still tells loved from hated?",
            page="sentiment",
            minutes=3,
            opens={"sentiment": "Compare"},
            options=("The LSTM", "The article's SimpleRNN", "Neither of them"),
            right="The article's SimpleRNN",
            sees="The article's network says the same whether the film was loved or hated.",
            why="It multiplies its state at every word, so what it held at the beginning is soon "
            "overwritten; gates can keep a number as it is.",
            check=Check(words="it has forgotten"),
        ),
        Step(
            title="In ten lines",
            question="How long is a first word remembered?",
            task="Here is the whole network in ten lines, with random weights. The curve below "
            "says how far apart two runs are that differ in the first input only.",
            page="hand_check",
            minutes=2,
            opens={"part": "Memory, written out"},
            turn=("memory_change",),
            options=("One step", "Some steps", "All 100 steps"),
            right="Some steps",
            sees="Both runs soon hold the same numbers.",
            why="At every step the old state is multiplied and squashed, so a difference shrinks "
            "until nothing is left of it.",
            check=Check(words="first input"),
        ),
    ),
)
