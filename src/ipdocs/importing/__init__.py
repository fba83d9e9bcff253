"""A release in Word, HTML or text becomes a new source."""
