"""A release that is to come: one column more and one index more, on a table of today (`tests.faults.next_release`)."""
