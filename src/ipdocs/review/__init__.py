"""What reviewers read and send back: the review page, edited Word files, and redlines."""
