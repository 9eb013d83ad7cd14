"""What a whole team can see at one date: standings, the bench, who could coach whom, what to talk about."""
