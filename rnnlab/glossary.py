"""The lab's words: one name a thing, each explained in a sentence or two where it is used."""

from __future__ import annotations

import re

WORDS: dict[str, str] = {
    "accuracy": "The share of right answers: of all guesses, or of all verdicts.",
    "activation": "The function that squashes a unit's sum: tanh brings it between −1 and 1, the "
    "sigmoid σ between 0 and 1; relu only cuts off what is below 0; linear changes nothing.",
    "baseline": "What a very simple way to predict reaches. A network is only worth its trouble if "
    "it does better.",
    "best possible": "The lowest mean loss that anything can reach with this rule. It is above 0 "
    "where chance has a say, because nobody can foresee a coin flip.",
    "bias": "A number that is added to a unit's sum, whatever comes in.",
    "bigram": "Counting pairs of words: how likely each next word is after the last one alone.",
    "bit": "A 0 or a 1.",
    "carried state": "The state at the end of one window is also the state at the start of the "
    "next. The past then reaches the network, but no gradient does. Keras: `stateful=True`.",
    "cause": "An earlier input on which a target depends.",
    "chance": "How likely something is, from 0 (never) to 1 (always). The same as a probability.",
    "cross-entropy": "The loss for answers that are probabilities: −ln of the probability that was "
    "given to what really came.",
    "delay": "How many steps the echo comes later than the coin flip that it repeats.",
    "dense layer": "A layer without memory: weighted sums of what comes in. Keras: `Dense`.",
    "dropout": "In training a random share of a layer's outputs is set to 0, so that the network "
    "cannot rely on any single one.",
    "embedding": "A table that holds a few learnt numbers for each word. Keras: `Embedding`.",
    "epoch": "One pass through all the data.",
    "finite differences": "A gradient by trial: change one weight by a tiny amount, and see by how "
    "much the loss changes.",
    "fresh bits": "New bits by the same rule, which the network has not learnt from.",
    "gate": "A number between 0 (shut) and 1 (open) by which another number is multiplied, so that "
    "it is kept out or let through. The network learns when to open it.",
    "gradient": "For each weight: how much the loss grows if the weight grows a little. Training "
    "moves the weights the other way.",
    "grammar": "Here: rules that make sentences, or words, at random, so that the true chance of "
    "each next word, or letter, is known.",
    "held out": "Kept back: the network is judged on it and never learns from it.",
    "input": "What comes in at a time step.",
    "kernel": "The table of weights, called W, that the input is multiplied by. Keras: `kernel`.",
    "knowing nothing": "The loss of someone who knows how often a 1 comes, and nothing else. For a "
    "fair coin it is ln 2 = 0.6931.",
    "lag": "How many steps back a cause lies: lag 3 means that the target depends on the input "
    "three steps ago.",
    "layer": "Units side by side that read the same numbers. In a deep network each layer reads "
    "the one below it.",
    "learning rate": "How far one update moves the weights.",
    "learnt by heart": "Learnt the data itself and not the rule behind it. It helps only with data "
    "that come again. Also called overfitting.",
    "loss": "How wrong the predictions are, as one number: 0 is perfect. Training lowers it.",
    "logit": "The number from which the sigmoid makes a probability: 0 is one half, above 0 is "
    "more.",
    "mask": "For each time step whether it is read. At a step under the mask nothing happens: the "
    "state stays as it is. Keras: `mask_zero=True`, or `Masking`.",
    "mean squared error": "The loss for answers that are numbers: each error times itself, then "
    "the mean of that.",
    "memory capacity": "How many of the inputs read so far can be read back off the state as "
    "weighted sums, all told: at most as many as there are units.",
    "nat": "The unit of the loss where answers are probabilities. A prediction costs −ln(p) nats "
    "if it gave the probability p to what came: 0 if p = 1, and 0.6931 if p = ½.",
    "one-hot": "A word as a row of zeros with a single 1 at the word's place.",
    "optimizer": "The recipe that turns a gradient into a change of the weights: SGD, Adam, …",
    "overfitting": "It gets better on the data that it learns from and worse on data that it has "
    "never seen.",
    "padding": "Filling up short sequences, mostly with zeros, so that all in a batch have one "
    "length. Keras: `pad_sequences`.",
    "parameter": "A number that training may change: a weight or a bias.",
    "perplexity": "How unsure it is, as a number of words: at 5 it is as unsure as if it chose "
    "among 5 equally likely words. It is e to the power of the loss a word.",
    "prediction": "What the network says before the answer is shown: probabilities, or a number.",
    "read-out": "The last layer, which makes the answer from the state. Keras: `Dense`.",
    "recurrent kernel": "The table of weights, called U, that the state of the step before is "
    "multiplied by. Keras: `recurrent_kernel`.",
    "root mean squared error": "The square root of the mean squared error: the size of a usual "
    "error, in the unit of the values.",
    "row": "One sequence. A long series is cut into rows of the same length, and one update reads "
    "the same window of all rows. Keras calls the number of rows the batch size.",
    "seed": "The number that random numbers start from. The same seed gives the same random "
    "numbers, and so the same curve.",
    "softmax": "It turns any numbers into probabilities: e to each of them, divided by the sum.",
    "standard deviation": "How far values usually lie from their mean.",
    "state": "The numbers that a recurrent network keeps from one step to the next: its memory.",
    "state machine": "A few states, and for each where every input leads. Of all that came before, "
    "only the state counts. Also called an automaton.",
    "target": "The right answer, which the network should have predicted.",
    "time step": "One place in a sequence: one input comes in, and the state changes once.",
    "trigram": "Counting threes of words: how likely each next word is after the last two.",
    "unit": "One number of the state, with the weights that make it. Six units: six numbers to "
    "remember with.",
    "update": "One change of all weights, after one window of all rows was read.",
    "validation": "Judging on data that were held out, after each epoch.",
    "weight": "A number that an input or a state is multiplied by. Training changes it.",
    "window": "The time steps that one update looks at. Gradients do not reach back beyond its "
    "start.",
}  # fmt: skip
"""Every word by its one name."""

FORMS = {"losses": "loss", "biases": "bias", "by heart": "learnt by heart"}
"""Other forms of some words; a plural with s is found anyway."""


def words_in(text: str) -> list[str]:
    """The words of the glossary that stand in a text, in the glossary's order."""
    return [word for word in WORDS if _pattern(word).search(text)]


def _pattern(word: str) -> re.Pattern[str]:
    other = [form for form, of in FORMS.items() if of == word]
    forms = "|".join(map(re.escape, [word, *other]))
    return re.compile(rf"(?<![\w-])(?:{forms})s?(?![\w-])", re.IGNORECASE)
