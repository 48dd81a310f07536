"""The only part of the window that calls the layers below; it hands frozen objects across the border of threads."""
