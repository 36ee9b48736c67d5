"""The engine: options, gates, points, order and what would change the answer. Pure: values in, values out."""
