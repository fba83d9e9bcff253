"""Turn localised documents into HTML with templates, layouts and stylesheets."""
