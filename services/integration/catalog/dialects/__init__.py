"""What differs between the dialects that catalogs are read in."""
