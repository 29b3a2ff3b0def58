"""RNN Lab: recurrent neural networks to be tried, trained and understood in a browser."""
