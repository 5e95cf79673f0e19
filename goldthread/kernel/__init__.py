"""Values that every room shares: years and quarters, timescales, working days, clocks, money, ratings. No Django."""
