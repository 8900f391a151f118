"""The OCR correction and transcription workbench. The package root stays weightless: import what you need."""

__version__ = "0.1.0"
