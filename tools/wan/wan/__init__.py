"""Wan's networks in plain PyTorch, and their way to ONNX.

Parameter names are those of the checkpoints published at github.com/Wan-Video, so a downloaded state dict fits as it is.
"""
