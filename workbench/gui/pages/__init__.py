"""The pages of the window, composed of widgets."""
