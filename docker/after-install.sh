#!/bin/sh
# Run in the image's site-packages once libraries are installed (autograder/engines/container/Dockerfile):
# - C++ headers (287 MB) and libclang (62 MB) go: they serve who compiles TensorFlow extensions.
# - So do the names of TensorFlow's internal functions (219 MB): debuggers read them, the linker does not.
rm -rf tensorflow/include clang
strip --strip-unneeded tensorflow/libtensorflow_*.so.2
