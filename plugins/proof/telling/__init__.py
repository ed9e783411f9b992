"""How evidence is shown to readers: in a sentence, as a log, and as HTML below the commands that were tried."""
