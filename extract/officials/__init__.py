"""Persons who are given a public post."""

from extract.officials.find import OfficialFinder as OfficialFinder
