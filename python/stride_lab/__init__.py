"""Stride, the learning-rate laboratory, in a notebook.

    from stride_lab import StrideLab
    lab = StrideLab(surface="beale", optimizer="Adam", lr=0.1)
    lab                                   # shows it
    lab.trajectory()                      # every step, as a pandas frame
    StrideLab.from_torch(optimizer, scheduler, steps=200)   # what your own objects will do
"""
from .command import StrideError
from .recording import keras_callback, lightning_callback, record, transformers_callback
from .widget import StrideLab

__all__ = ["StrideError", "StrideLab", "keras_callback", "lightning_callback", "record", "transformers_callback"]
