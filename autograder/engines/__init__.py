"""Where grading sessions run: three engines behind one small interface."""
