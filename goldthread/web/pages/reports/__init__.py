"""Pages of reports: what was issued, and making and issuing one."""
