"""Training the encoder on questions about terms; needs the extra `clauselight[encoders]`."""
