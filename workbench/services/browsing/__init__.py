"""An edition in the browser: a snapshot that explains itself, with questions, served to this machine alone."""
