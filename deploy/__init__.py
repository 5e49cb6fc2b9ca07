"""How the product is put on machines: one machine here, a cluster beside it."""
