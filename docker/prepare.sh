#!/bin/sh
# Run in this folder once the image's libraries are in place: no image is built without the game.
python verify_rom.py
