"""Pictures from elsewhere: decoded whole at one door, made what every format shows alike, without what they tell of people."""
