"""What is due, by which rule, on which day and why. Never knows today: the day is handed in with the calendar.

`things` says what a due thing is; `activities`, `papers`, `plans`, `relations` and `silence` hold the rules;
`everything` puts them together for one reader, who is an `Asked`. Page, first page, menu, files, calendar and e-mail
start there.
"""
