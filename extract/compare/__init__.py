"""What two runs find in the same articles: records gained, lost and changed."""
