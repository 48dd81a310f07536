"""The window.

`app` builds everything, `pages` and `widgets` draw and emit, `models` hold their state, `workers` call the layers below.
"""
