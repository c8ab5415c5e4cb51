"""Calendar time: found by the phrasings of ``rules/dates.toml``, resolved against text and reference."""

from extract.dates.find import DateFinder as DateFinder
