"""The command line: the only rooms that know Typer, the terminal, the clock and the environment."""
