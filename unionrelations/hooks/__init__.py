"""What the house tells other programs by itself: signed calls to addresses that people registered."""
