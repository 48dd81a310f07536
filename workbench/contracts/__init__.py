"""What every room agrees on: specs, events, frames, errors. Standard library and numpy only."""
