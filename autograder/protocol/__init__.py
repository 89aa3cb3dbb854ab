"""All that the trusted and the untrusted side share: messages, their encoding, their legal order.

No input or output happens here, and nothing but the standard library and NumPy is needed.
"""
