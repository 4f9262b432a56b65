"""Many users around the studio: accounts, credits, sessions, their files and durable jobs."""
