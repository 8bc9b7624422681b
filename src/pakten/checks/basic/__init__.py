"""The check list of the basic control, by sector, and what of it the system can look at by itself."""
