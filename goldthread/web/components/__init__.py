"""Components: one folder each, with a template (index.html), an example, and a presenter where there is logic."""
