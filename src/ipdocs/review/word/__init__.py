"""Import of built Word files that reviewers have edited."""
