"""What rules do to packets: follows a packet through the tables, as the kernel would. It prints and reads nothing."""
