"""Pure rules of targets and of streets' yearly assessments."""
