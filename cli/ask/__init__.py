"""`infinure ask`: files and databases asked on this machine by the mesh's own engine and boundary, without the mesh."""
