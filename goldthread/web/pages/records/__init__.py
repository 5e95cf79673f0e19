"""Pages of single records: reading one, writing about it, changing one or many."""
