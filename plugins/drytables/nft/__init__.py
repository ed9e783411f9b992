"""What a command is in nft: its statements, or why nft cannot say it and what comes nearest. Nothing is run here."""
