"""Dated examples (timelines): the format of docs/howto/timelines.md, run through the same engine as real cases."""
