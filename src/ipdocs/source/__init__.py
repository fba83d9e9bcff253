"""Parse YAML sources into documents whose values know their location, and write changes back into the YAML."""
