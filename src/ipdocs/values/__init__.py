"""Recognise numbers, dates, money and other values in text, and render values in a language and house style."""
