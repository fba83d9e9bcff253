"""Exchange formats of translation tools, in which texts are sent to translators and returned."""
