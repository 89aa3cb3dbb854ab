"""Grading on the workers of a Dask cluster: TLS on both sides, opaque bytes out, checked data back."""
