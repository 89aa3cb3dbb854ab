"""Never comes to the end of a cell; every exercise is right."""

# %% after imports
while True:
    time.sleep(1)
