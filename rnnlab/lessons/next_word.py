"""The next word: likely words, a word that must be remembered, training, and writing."""

from rnnlab.lessons.lesson import Check, Lesson, Step

LESSON = Lesson(
    name="next-word",
    title="Which words must it remember?",
    sentence="Guess the next word against a network, see what counting cannot know, train one to "
    "the best possible, and let it write.",
    article="sine",
    order=50,
    steps=(
        Step(
            title="Guess",
            question="She was late for … what?",
            task="Guess the next word. The bars say how likely each one is to the network, and the "
            "marks how likely it really is.",
            page="next_word",
            opens={"next_sentence_english": "she was late for"},
            options=("the train", "school", "work"),
            right="school",
            sees="“school” has the longest bar, and the grey mark is near its end.",
            why="Nobody told the network any of these chances: it learnt them from sentences of "
            "this grammar.",
            check=Check(words="true chance"),
        ),
        Step(
            title="Remember",
            question="Is or are?",
            task="The trigram counts what follows two words, “the house”. The network has read "
            "more. Compare their bars.",
            page="next_word",
            minutes=2,
            opens={
                "next_sentence_english": "the small dogs near the house",
                "next_all": "true",
            },
            options=("is", "are", "Nobody can know"),
            right="are",
            sees="The network is sure of “are”; the trigram is not.",
            why="The word that decides, “dogs”, lies four words back: it is in the network's state "
            "and out of the trigram's sight.",
            check=Check(words="the trigram, which sees"),
        ),
        Step(
            title="Train",
            question="How close to the best possible will it come?",
            task="Guess, and press **Train**: it takes about ten seconds. “Best possible” is "
            "exact, since the grammar is known.",
            page="next_word",
            minutes=2,
            opens={"next": "Train it"},
            turn=("word_passes",),
            options=("Like the trigram, 2.4", "Like the best possible, 1.87", "Perfect, 1.0"),
            right="Like the best possible, 1.87",
            sees="It passes the bigram, then the trigram, and ends a little above 1.866.",
            why="A perplexity of 1.866 says that there are fewer than two words to choose from on "
            "average; the grammar itself chooses by chance, so nobody gets below that.",
            check=Check(press="Train", words="above the best possible"),
        ),
        Step(
            title="Write",
            question="What does a high temperature do?",
            task="Let it write. Then turn **Temperature** up, and look for the first mistake.",
            page="next_word",
            minutes=2,
            opens={"next": "Let it write"},
            turn=("next_temperature", "next_seed"),
            options=("It writes faster", "It takes unlikely words more often", "It learns more"),
            right="It takes unlikely words more often",
            sees="At a low temperature all sentences are alike and right; at a high one they fall "
            "apart.",
            why="Each word is drawn by its chance, and a high temperature makes all chances more "
            "alike.",
            check=Check(words="Sentences that the grammar could have said"),
        ),
    ),
)
