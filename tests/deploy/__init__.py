"""What is told to Compose and a cluster, checked without either."""
