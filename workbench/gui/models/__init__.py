"""Qt models and the state behind pages: what is shown, apart from how."""
