"""What a host shall do with each answer, whatever the host: its headers, above all the content security policy."""
