"""How the sentiment models are made, from reviews to weights.

What was tried, and what each gave, from the last to the first. Figures are shares of what is held
out and decided: 877 sentences of the treebank and phrases of them of at most eight words; those of
both with a negation or a contrast (251 and 253); calibration errors on sentences and phrases; 139
texts to choose by (`tests/sentiment/development_texts.tsv`); then `tests/sentiment/typed_texts.tsv`
and the 85 with a negation or a contrast of `tests/sentiment/short_texts.tsv`, by which nothing was
chosen. A standard error is 1.2, 0.6, 2.5, 2.6, –, –, 3, 3 and 4 points.

one weight for all lengths, as before 0.842 0.834  0.797 0.783  0.034 0.049  0.820  0.833 0.671
weights by length (`weighing`)        0.843 0.832  0.809 0.791  0.026 0.012  0.806  0.846 0.671
+ a network for short texts, which
  learns sayings: 3,000 updates       0.846 0.836  0.817 0.779  0.014 0.015  0.827  0.858 0.729
  6,000, more of the treebank         0.851 0.838  0.813 0.787  0.013 0.014  0.856  0.852 0.800
  and the phrases learn sayings, too  0.845 0.841  0.809 0.791  0.020 0.006  0.842  0.870 0.800
  another seed of it                  0.848 0.840  0.825 0.806  0.022 0.018  0.878  0.883 0.859
  12,000                              0.852 0.848  0.821 0.826  0.020 0.015  0.842  0.877 0.788
  the same alone in short texts       0.849 0.839  0.813 0.791  0.022 0.013  0.871  0.852 0.788
+ two of them (6,000 updates)         0.854 0.847  0.817 0.798  0.029 0.011  0.871  0.889 0.847
+ three                               0.861 0.849  0.829 0.822  0.027 0.012  0.871  0.870 0.812
with thirty more sayings, the first network in long texts only, and these in short ones:
  two                                 0.857 0.851  0.829 0.826  0.023 0.014  0.871  0.889 0.800
  two, and phrases from other made ones 0.849 0.850  0.821 0.818  0.033 0.018  0.863  0.895 0.824
  three                               0.855 0.853  0.837 0.830  0.022 0.013  0.856  0.901 0.812
  four                                0.861 0.854  0.841 0.830  0.023 0.013  0.871  0.901 0.800
two that learn nothing of what judges
or weighs, and no unknown word, as
shipped                               0.862 0.849  0.817 0.798  0.030 0.016  0.899  0.870 0.788

One seed differs from another by as much as a step of this table. Four read a little better than
two, and take twice as long for every text below 150 words, of which a class types thirty at a time.
The last two columns were looked at, but nothing was chosen by them.

The sayings (`sayings.tsv`) were written by someone who had seen none of the texts that are judged.
Twenty stood among these by chance, and were taken out; but frames and sayings still made a few of
them, and of the phrases that weigh, until what is made was held against both (`held_back`). A fifth
of the sayings' words were unknown to the network, which so learnt that "unknown" is good here, bad
there: "the waiter was attentive" got 18 %. Sayings on "ok", greetings, plain facts and "bad at
first then good" were added when the page's twelve phrases showed "ok" as 96 % negative, and a look
at others "hello" as 95 %.

By whole reviews alone, phrases count three times as much as the network in texts of 150 words and
more, and of held-out reviews 0.913 to 0.917 are right. But then 240 words of plot that end in "I
hated every minute of it" are 31 % positive; so both keep the ratio there that fits texts of all
lengths: 0.911 (0.908 before), and 17 %. Pieces cut out of reviews have no say in the weights any
more, since nobody types half a sentence; on them the sum is too sure of itself (calibration error
0.11, 0.06 before). Neutral texts have none either: of single words more are now called clearly
good or bad.

Three goals are not reached: 0.87 of the treebank's sentences, 0.88 of the typed texts and 0.85 of
the 85, though several seeds passed the latter two. (0.925 of IMDB's test was not measured here.)

What came before, with one weight for all lengths. The network of `best` alone, not yet weighed,
after so many updates; sentences, phrases, typed texts, and the 85.

reviews alone: the model before, phrases beside it     0.813  0.752  0.809  0.62
+ phrases of the treebank, and phrases made by rule,
  embedding held: 1,000 updates                        0.799  0.797  0.778  0.66
  2,500 updates                                        0.807  0.816  0.827  0.75
+ 50 of 128 numbers from GloVe 6B (PDDL): 2,500        0.810  0.828  0.809  0.72
+ how positive labels find each word, as numbers
  of the embedding (signs):
  1,000                                                0.804  0.821  0.802  0.71
with GloVe, and it learns: 1,000                       0.790  0.804  0.809  0.79
  2,000                                                0.820  0.822  0.833  0.77
with signs: 1,000 held and 1,000 that learn            0.831  0.828  0.815  0.74
linear on phrases of up to three words, same data,
  short texts at 0.3 of a review                       0.800  0.795  0.802  0.58
  at 1                                                 0.814  0.804  0.796  0.60
the last network and the last linear model, weighed    0.855  0.839  0.827  0.72
the one after 2,500 updates and the same, then shipped 0.842  0.833  0.833  0.67
with half of its weight                                0.839  0.832  0.840  0.68
GRU(32), as shipped                                    0.779  0.768  0.765  0.61
LSTM(32), as shipped                                   0.766  0.766  0.765  0.61
SimpleRNN(32), as shipped                              0.749  0.737  0.698  0.47

So vectors of others gain nothing here, and the linear model hardly gains from what is made by rule:
"anything but dull" needs order. Signs and an embedding that learns read sentences best, but take
240 words of plot for praise: of the example that ends in "I hated every minute of it" they say 68 %
positive, weighed, where the model before said 26 %. So the embedding is held. The mean of the last
weights is as good as the last ones. No ensemble was distilled.

The linear model takes from order what it gives to words: of the texts with a negation the network
alone has 0.741, the sum 0.671. So phrases can keep a share of the weight that is found for them,
and the sum is calibrated anew. Of what is held out: reviews, sentences, phrases, sentences and
phrases with a negation or a contrast (296 and 321), calibration error on sentences; 139 texts that
were typed to choose by (`tests/sentiment/development_texts.tsv`); then, as above, typed texts and
those with a negation, by which nothing is chosen:

1, as was shipped              0.908 0.842 0.833  0.797 0.791  0.036  0.806   0.833 0.671
0.75                           0.909 0.844 0.833  0.807 0.813  0.043  0.820   0.833 0.659
0.5                            0.908 0.839 0.832  0.797 0.816  0.042  0.799   0.840 0.682

It costs reviews nothing and helps where a phrase is denied, but what is said of sentences is then
too sure of itself; elsewhere it is a text or two. So phrases keep their weight.

A network of the same size that learns from short texts alone (pieces of at most 40 words in 0.15
of its 3,000 updates, the treebank's phrases in 0.5, made ones in 0.35), with half of the phrases'
weight, has 0.853 of the sentences, 0.842 of the phrases, 0.818 and 0.776 of those with a negation,
calibration error 0.030, and 0.806 of the texts to choose by. For short texts, beside the network
for reviews, it would gain a point on sentences, and nothing on negation, so it does not ship. 8,000
updates of the shipped network were begun twice and not finished.

Weighed on short texts alone (sentences and phrases, as if another sum were taken up to some number
of words), the shipped network and linear model are as often right, and better calibrated on
phrases; weights of their own for texts with a negation or a contrast gain nothing. Of sentences,
phrases, those of both with a negation or a contrast (280 and 293), calibration errors on sentences
and phrases, and texts to choose by:

all short kinds, pieces among them  0.844 0.834  0.800 0.802  0.044 0.061  0.813
sentences and phrases               0.843 0.836  0.800 0.802  0.040 0.037  0.806
the phrases with half their weight  0.836 0.832  0.789 0.802  0.034 0.033  0.791
by negation, yes or no              0.843 0.834  0.800 0.788  0.035 0.022  0.799
by length, to 8, to 20, more words  0.843 0.835  0.807 0.795  0.022 0.014  0.799

More that is made by rule: 230 sayings with their verdict ("the {thing} never disappoints", "i have
seen better"), 44 frames more ("nowhere near {}", "no {} no {}"), 265 plain words of restaurants and
shops, and three in ten phrases led by another one ("i bought a lamp it is not bad"). They were
written by someone who had read the texts to choose by, so the last figure flatters them. The
shipped network learnt on for 700 updates of 1,536 words, at a rate of 0.002, the last three in ten
averaged: treebank in 0.45 of them, made ones in 0.4, pieces of at most 32 words in 0.15. With the
shipped linear model, weighed on all short kinds; every fourth held-out review, then as above, then,
looked at after all was decided, typed texts and the 85 with a negation:

as was shipped                      0.884  0.844 0.834  0.800 0.802  0.044 0.061  0.813  0.827 0.682
learnt on                           0.886  0.844 0.833  0.796 0.768  0.047 0.053  0.856  0.846 0.753
half-way between both weights       0.881  0.843 0.833  0.789 0.785  0.036 0.056  0.835  0.840 0.706
the mean of both logits             0.884  0.844 0.833  0.800 0.788  0.036 0.055  0.827  –     –
It gains where people use sayings and nothing on sentences, and loses on the treebank's own phrases
with a negation, so it does not ship. Network, network that learnt on, and linear model, each with a
weight of its own (0.12, 1.28, 0.90; on sentences and phrases), have 0.846 of the sentences, 0.836
of the phrases: two networks of which one comes from the other are hardly better than one. A second
network from short texts alone, from new first weights, was begun and not finished; nor was learning
on with more of the treebank (0.65) and less that is made (0.2) judged.

The first files were made with solvers of the lab's own; scikit-learn has taken their place. On the
same inputs, 22,500 of IMDB's reviews to learn from and 2,488 held out, side by side:

phrases    same penalty; objective 13,798 instead of 14,096 (which Adam had not brought to its
           least), correlation of the weights 0.957. Right alone: 0.912 instead of 0.908 of the
           reviews, 0.698 both of 5 to 25 words; beside the network 0.914 instead of 0.912, 0.701
           instead of 0.704. 42 to 73 s instead of 169 s.
vectors    captured square sum 2,507,297 instead of 2,489,233, 20 s instead of 97 s. Another seed
           changes the space of 128 dimensions as much as the other solver does (median cosine of
           the principal angles 0.84 both). Right by the mean vector alone: 0.843 instead of 0.846.
weighing   the same to five digits.
"""
