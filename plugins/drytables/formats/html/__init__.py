"""The figure that readers see in the place of a snippet. HTML is made here and nowhere else."""
