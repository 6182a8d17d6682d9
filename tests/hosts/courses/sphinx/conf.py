"""A Sphinx project with labs; STRIDE_SITE is the folder that ./run --site makes, STRIDE_COMMAND the command line."""
import os
import sys

sys.path.insert(0, os.environ["STRIDE_PLUGINS"] + "/sphinx")
project = "A course"
extensions = ["stride_lab_sphinx"]
stride_lab_site = os.environ["STRIDE_SITE"]
stride_lab_command = os.environ["STRIDE_COMMAND"]
