"""The figure that readers see in place of a snippet. HTML is produced here and nowhere else."""
