"""Ledger algorithms: salted commitments, case chains, the Merkle log, checkpoints, receipts and exports.

Everything here is a pure function of its arguments. Storage, randomness, time and files belong to the caller.
The formats are written down in docs/ledger.md.
"""
