"""The facts of a review on a page, in the words of its files."""

from django import template

from ctg.reviews.facts_in_words import moved, numbers, reached, say_day, state_of_milestone

register = template.Library()

register.filter("said_day", say_day)
register.filter("moved", moved)
register.filter("numbers", numbers)
register.filter("target_state", reached)
register.filter("milestone_state", state_of_milestone)
