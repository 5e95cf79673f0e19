"""Pages, one folder per room, under the name of the room."""
