"""The grammar of the house: days, words, scoping and the bases other floors extend.

Never knows a union, a partner or an activity.
"""
