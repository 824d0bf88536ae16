"""The questions of an evaluation, in the order in which they are asked."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """`slug` is the word of its address, `field` where `Evaluation` keeps its answer."""

    slug: str
    field: str
    title: str
    question: str
    help: str


QUESTIONS = (
    Question(
        "pertinence",
        "relevance",
        "Pertinence",
        "Le plan répond-il aux besoins du territoire\u00a0?",
        "Les besoins repérés au départ sont-ils encore les bons\u00a0? Lesquels restent sans réponse\u00a0?",
    ),
    Question(
        "coherence",
        "coherence",
        "Cohérence",
        "Les actions se complètent-elles, entre elles et avec les autres politiques\u00a0?",
        "Qui travaille avec qui\u00a0? Où y a-t-il doublon, où manque-t-il un lien\u00a0?",
    ),
    Question(
        "efficacite",
        "effectiveness",
        "Efficacité",
        "Les objectifs sont-ils atteints\u00a0?",
        "Ce qui est fait, ce qui ne l’est pas, et pourquoi.",
    ),
    Question(
        "efficience",
        "efficiency",
        "Efficience",
        "Les moyens sont-ils à la hauteur, et bien employés\u00a0?",
        "Temps, argent, réunions, délais\u00a0: ce que le plan a coûté au regard de ce qu’il a donné.",
    ),
    Question(
        "impact",
        "impact",
        "Impact et pérennité",
        "Qu’est-ce qui a changé pour les habitants, et qu’en restera-t-il\u00a0?",
        "Les changements que l’on voit, et ce qui continuera sans la convention.",
    ),
    Question(
        "conclusion",
        "conclusion",
        "Conclusion",
        "Que faut-il garder, changer, arrêter\u00a0?",
        "Les enseignements, et les suites que vous proposez.",
    ),
)
