"""The workshop of triage: letters with labels, training, measuring, trying before taking effect.

Nothing of it runs in a service. What trains is a development package; what is trained is data.
"""
