"""What whoever runs the house needs to know of it while it runs: requests, their time, slow questions, readiness.

Never knows a record, a name or what was typed: a request is told by the name of its page, a question by its SQL without
the values.
"""
