"""Text for people: plural forms, labels, translation, quoting and templates."""
