"""What draws: one widget, one job. They see arrays, contracts and Qt, and nothing below."""
