"""Returned workbooks into answers: found, read, judged, merged; nothing lost, nothing guessed."""
