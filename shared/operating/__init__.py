"""What an operator does on the databases of running services: the words of the command lines.

They take nothing but a service's settings, so that one service's container and a machine that
knows all four databases say the same.
"""
