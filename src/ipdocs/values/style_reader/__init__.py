"""Recognise values in languages that have no reader of their own, from the patterns of the style and the CLDR.

Each pattern of the style, such as "d 'de' MMMM 'de' y" or "MOP {}", becomes a regular expression, so that a text is read as the
style writes it. `LanguageStyle.reading` has further forms.
"""
