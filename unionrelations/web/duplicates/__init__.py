"""The pages on which records that are there twice are looked through, told apart, merged and taken apart again."""
