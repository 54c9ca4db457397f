"""What moves a promised date, or a case out of the ordinary way: returns, pauses, extensions."""
