"""The black-box suite's machinery. Case files import what they need from `conform`."""
