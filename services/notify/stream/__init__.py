"""The live stream: Server-Sent Events of an inbox, for windows that stay open."""
