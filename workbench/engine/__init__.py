"""Models, attention, the lens, tasks and training. torch, never Qt."""
