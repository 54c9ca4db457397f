"""Everything a single machine needs without installing a server: PostgreSQL, RabbitMQ, secrets."""
