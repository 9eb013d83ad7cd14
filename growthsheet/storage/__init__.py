"""Files and folders: atomic writes, locks, manifests, file names."""
