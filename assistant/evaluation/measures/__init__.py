"""What is measured: the definitions with their sources, and ``registry``, which names them."""
