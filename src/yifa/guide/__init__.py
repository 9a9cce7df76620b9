"""The guide of a procedure: what a citizen can read, and the diagram of its stages. Both come from the declaration."""
