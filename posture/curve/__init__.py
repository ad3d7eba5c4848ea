"""The back line comes in; its lumbar curve goes out: bridge, depth, angle, each with its ±."""
