"""The law as data: packs that read, packs that are refused, and what years come to."""
