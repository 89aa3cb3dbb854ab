"""An added cell waits for the keyboard, which nobody operates during grading."""

# %% after imports
name = input("What is your name? ")
print(f"Hello {name}")
