"""What every context shares: the pure core, the public language, the law as data, the machinery."""
