"""Minutes of meetings: packs, extracts, public versions, action lists and calendars."""
