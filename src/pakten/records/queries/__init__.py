"""Reading the diary: the staff's (:mod:`.diary`), everybody's (:mod:`.public`), one case, the queue."""
