"""What pages and programs do alike: the deeds that are more than saving one record. Each door asks and answers in its
own way; what is asked, judged and done stands here once. Never knows a page, an address or a serializer.
"""
