"""Exchange formats of translation tools: writing the texts of a job, and reading returned files."""
