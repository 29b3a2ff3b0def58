"""The first path: from a game to a network that finds a rule, and to where it cannot."""

from rnnlab.lessons.lesson import Check, Lesson, Step

LESSON = Lesson(
    name="pair",
    title="Can it learn a rule hidden in coin flips?",
    sentence="Play against chance, see what nobody can know, train a network that finds the rule, "
    "and make it fail.",
    article="pair",
    order=10,
    steps=(
        Step(
            title="Play",
            question="Can you guess what comes next?",
            task="There is a rule behind these bits. Say twenty of them, and look for it: it stays "
            "covered until you ask for the answer.",
            page="data_rules",
            minutes=2,
            opens={"look": "Guess it yourself"},
            turn=("look_game",),
            options=("About 10 of 20", "About 15 of 20", "All 20"),
            right="About 15 of 20",
            sees="Who knows the rule has about 15 right, and hardly ever all 20.",
            why="Two equal flips force the next bit to be the opposite one; after two different "
            "flips a fresh coin decides, and nobody can know that.",
            check=Check(press="Say 0", words="so far"),
        ),
        Step(
            title="The best",
            question="How good can anybody be?",
            task="Look at the bars: the chance of a 1 after each pair of flips. Then look at the "
            "loss of someone who knows all of them.",
            page="data_rules",
            minutes=1,
            opens={"look": "What can be known"},
            options=("A loss of 0", "A loss of 0.35", "A loss of 0.69"),
            right="A loss of 0.35",
            sees="“Best possible” stands at 0.3466: half of 0.6931.",
            why="Half of the bits are forced and cost nothing; the other half are coin flips, "
            "which cost ln 2 = 0.6931 each, for everybody.",
            check=Check(words="0.3466"),
        ),
        Step(
            title="The state",
            question="What must a network keep in mind to know this rule?",
            task="This network knows the rule. Go through its steps and look which unit changes "
            "with which flip.",
            page="training",
            minutes=2,
            opens={"run": "to=end", "view": "What it remembers"},
            hides=("strip", "about"),
            options=("Nothing", "The last two flips", "All flips so far"),
            right="The last two flips",
            sees="After two equal flips the prediction is sure, after two different ones it is "
            "near one half.",
            why="The units hold the flips before this one: that is all the rule needs, so training "
            "kept no more.",
            check=Check(loss=(0.3366, 0.3566), words="What has it learnt?"),
        ),
        Step(
            title="Train",
            question="Will a network find this rule by itself?",
            task="Guess, press **Train**, and watch the loss. Then try fewer units: how few are "
            "enough?",
            page="training",
            minutes=2,
            opens={"seed": "2"},
            turn=("units",),
            hides=("about",),
            sees="It falls from 0.6931 to 0.3466, the best possible.",
            why="Nobody told it the rule: each update only made what really came a little more "
            "likely.",
            check=Check(press="Train", loss=(0.3366, 0.3566)),
        ),
        Step(
            title="Make it fail",
            question="When does it stop finding the rule?",
            task="It is shown windows of 5 steps. Turn **Lag** up until the two flips that decide "
            "lie further back than that, and train again.",
            page="training",
            minutes=2,
            opens={"lag": "3"},
            turn=("lag",),
            hides=("about",),
            sees="With lag 3 it is learnt. From lag 5 on the loss ends at 0.6931.",
            why="No window shows the flips together with the bit that they force, so no gradient "
            "ever connects the two.",
            check=Check(turned={"lag": "6"}, press="Train", loss=(0.688, 0.698)),
        ),
        Step(
            title="Explain",
            question="Why could it not learn the rule?",
            task="The orange strip is what one update sees. Look at the lines below, from each "
            "cause to its bit, and at the dashed edge of the window.",
            page="data_rules",
            minutes=1,
            opens={"look": "How it is cut", "lag": "6"},
            turn=("lag", "window"),
            options=(
                "It has too few units",
                "No window holds cause and effect",
                "It needs more time",
            ),
            right="No window holds cause and effect",
            sees="Every line comes from left of the dashed edge: the causes lie outside.",
            why="A network learns from what one window shows it. Make the window 8, or the lag 1, "
            "and the lines come inside.",
            check=Check(words="all 5 targets shown lose a cause"),
        ),
    ),
)
