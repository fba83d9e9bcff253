"""Views into trees: templates, layouts, stylesheets."""
