"""What AWS refuses although it is a valid template, and although a local AWS accepts it.

One module a service that refuses. Each has `RULES`; test_refusals.py finds the modules by itself.
"""
