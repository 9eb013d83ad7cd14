"""Many workbooks into one folder: jobs, workers, the manifest, the lock."""
