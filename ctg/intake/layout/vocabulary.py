"""How plans name their columns, their levels and the parts of an action.

A phrase is found in a title when its words come in this order, small words and plurals aside. Its weight
says how sure it is alone; the order of words, the share of the title and its place do the rest.
"""

from .fields import Field

PHRASES: dict[Field, dict[float, str]] = {
    Field.NUMBER: {
        1.0: "n, no, numero, num, n action, no action, numero action, action n, n fiche, n ordre, "
        "code, ref, id",
        0.8: "reference, rang, ordre",
    },
    Field.TITLE: {
        1.0: "action, action prevue, action proposee, action a mener, action envisagee, intitule action,"
        " titre action, nom action, libelle action, fiche action, action concrete, action projet",
        0.95: "intitule, libelle, actions operationnelles, action phare, titre, nom du projet, "
        "intitule projet",
        0.75: "projet, mesure, operation, titre fiche, activite, demarche",
        0.7: "proposition, piste action, chantier, initiative, quoi, tache, dispositif, realisation prevue",
        0.6: "action n",
        0.45: "objectif operationnel, declinaison",
        0.9: "allons faire, ferons, faisons, qui sera fait, proposons",
    },
    Field.AMBITION: {
        1.0: "ambition, axe, axe strategique, axe prioritaire, axe ctg, intitule axe, axe intervention, defi",
        0.8: "orientation strategique, volet, pilier, grand axe, axe travail, objectif general, finalite ctg",
        0.7: "objectif strategique, enjeu strategique",
    },
    Field.IMPACTS: {1.0: "impact, impact recherche, impact attendu"},
    Field.ORIENTATION: {
        1.0: "orientation, orientation strategique, sous axe, priorite strategique",
        0.9: "objectif strategique, objectif general, levier strategique",
    },
    Field.THEME: {
        1.0: "theme, thematique, champ intervention, domaine, domaine intervention, thematique ctg, "
        "theme caf",
        0.8: "champ, secteur, rubrique, categorie, politique, competence, domaine action, pole",
    },
    Field.NEED: {
        1.0: "besoin, constat, enjeu, diagnostic, problematique, besoin repere, besoin identifie,"
        " constat partage, enjeu repere, element diagnostic, rappel constat, enjeu identifie",
        0.8: "contexte, origine, probleme, etat lieux, pourquoi, difficulte reperee, justification, "
        "constatons, observons, savons",
    },
    Field.OBJECTIVE: {
        0.9: "voulons, visons, souhaitons, cherchons",
        1.0: "objectif, objectif operationnel, objectif specifique, changement souhaite, changement attendu",
        0.95: "objectif strategique, objectif general, but, objectif vise, objectif poursuivi",
    },
    Field.PRIORITY: {1.0: "priorite, niveau priorite, degre priorite, ordre priorite, prio, urgence"},
    Field.PURPOSE: {
        1.0: "finalite, objectif action, but action, finalite action, intention, objectif projet",
    },
    Field.CONTENT: {
        1.0: "description, descriptif, contenu, detail, description action, contenu action, cette action"
        " consiste, cette action vise, action consiste, description synthetique, descriptif action,"
        " presentation, deroulement, resume, en quoi consiste",
        0.8: "declinaison operationnelle, precision, sous action, activite prevue, explication, etape",
    },
    Field.METHODS: {
        1.0: "modalite, mise en oeuvre, modalite mise en oeuvre, methode, conditions mise en oeuvre,"
        " modalite operationnelle, comment, methodologie, demarche mise en oeuvre, modalite possible",
    },
    Field.EFFECTS: {
        1.0: "effet, effet attendu, resultat attendu, plus value, benefice attendu, retombee, resultat vise",
    },
    Field.AUDIENCES: {
        1.0: "public, public cible, beneficiaire, public vise, cible public, destinataire, pour qui"
    },
    Field.MUNICIPALITIES: {
        1.0: "commune, territoire, lieu, secteur geographique, commune concernee, perimetre, localisation,"
        " territoire concerne, echelle intervention, ou, zone geographique, territoire intervention",
    },
    Field.CALENDAR: {
        1.0: "calendrier, echeance, periode, date, delai, echeancier, planning, quand, temporalite,"
        " calendrier mise en oeuvre, calendrier previsionnel, annee, date realisation, date prevue, duree,"
        " periode realisation, annee mise en oeuvre, echeance previsionnelle, date mise en oeuvre",
    },
    Field.STARTS: {
        1.0: "debut, date debut, demarrage, date demarrage, date lancement, lancement, debut prevu"
    },
    Field.ENDS: {1.0: "fin, date fin, date fin prevue, fin prevue, date cloture, fin previsionnelle"},
    Field.FACTORS: {
        1.15: "frein levier, levier frein, frein et levier, difficulte levier, atout frein, force faiblesse,"
        " point appui vigilance, condition reussite",
    },
    Field.BRAKES: {
        0.95: "obstacle",
        1.0: "frein, difficulte, risque, point vigilance, vigilance, contrainte, freins identifies",
    },
    Field.LEVERS: {1.0: "levier, atout, point appui, ressource mobilisable, facteur reussite, opportunite"},
    Field.ORGANISATIONS: {
        1.15: "pilote partenaire, porteur partenaire, partenaire porteur, partenaire pilote,"
        " pilotage partenaire, referent partenaire, responsable partenaire, maitre ouvrage partenaire,"
        " chef file partenaire, pilotage partenariat, porteur partenariat, porteur acteur, pilote acteur",
        1.0: "organisme, acteur concerne, acteur implique, acteur mobilise, structure concernee, qui",
        0.9: "acteur",
        0.8: "structure, service, intervenant",
    },
    Field.LEADS: {
        1.0: "pilote, porteur, chef file, referent, maitre ouvrage, responsable, pilotage, porteur projet,"
        " service porteur, portage, structure porteuse, animateur, operateur, pilote action, service pilote,"
        " porteur action, responsable action, maitrise ouvrage, coordinateur, service referent, qui pilote,"
        " service responsable, service instructeur, mo",
    },
    Field.CO_LEADS: {
        1.0: "co pilote, copilote, co porteur, coporteur, co pilotage, maitre oeuvre, copilotage"
    },
    Field.PARTNERS: {
        1.0: "partenaire, partenaire associe, partenariat, acteur associe, partenaire mobilise, contributeur,"
        " partenaire implique, avec qui, partenaire concerne, acteur a mobiliser, partenaire potentiel",
    },
    Field.FUNDERS: {
        1.0: "financeur, financement, cofinanceur, cofinancement, partenaire financier, source financement"
    },
    Field.ELECTED_LEAD: {1.0: "elu, elu referent, elu reference, referent elu, elu pilote, vice president"},
    Field.INDICATORS: {
        1.2: "saurons reussi, comment mesurer, comment evaluer, comment mesurons, comment saurons",
        1.4: "quantitatif qualitatif, qualitatif quantitatif",
        1.0: "indicateur, indicateur evaluation, evaluation, indicateur suivi, critere evaluation,"
        " indicateur resultat, suivi evaluation, modalite evaluation, indicateur realisation,"
        " critere reussite, mesure resultat, indicateur de reussite",
    },
    Field.QUANTITATIVE: {
        1.15: "quantitatif, indicateur quantitatif, quantitative, evaluation quantitative, quanti"
    },
    Field.QUALITATIVE: {
        1.15: "qualitatif, indicateur qualitatif, qualitative, evaluation qualitative, quali"
    },
    Field.TARGET: {
        1.0: "cible, valeur cible, valeur attendue, resultat, objectif chiffre, cible annuelle, "
        "resultat obtenu,"
        " valeur reference, valeur initiale, unite",
    },
    Field.BUDGET: {
        1.0: "budget, cout, montant, budget previsionnel, cout estime, enveloppe, depense, cout previsionnel"
    },
    Field.RESOURCES: {
        1.0: "moyen, ressource, moyen humain, moyen mobilise, moyen necessaire, outil, moyen financier,"
        " moyen materiel, etp, moyen humain financier",
    },
    Field.STATUS: {
        1.0: "statut, etat, etat avancement, avancement, etat action, situation, suivi, realisation,"
        " etat realisation, niveau avancement, degre realisation, ou en est on, realise, fait, en "
        "cours, a faire, termine, a venir, non commence, non demarre",
    },
    Field.PROGRESS: {
        1.0: "pourcentage, pourcentage realise, pourcentage avancement, taux avancement, pourcentage "
        "realisation, taux realisation,"
        " avancement pourcentage, realisation pourcentage, progression"
    },
    Field.NOTES: {
        1.0: "commentaire, remarque, suite donner, suite, observation, note, bilan, complement, "
        "point suivi, actualite, divers,"
        " perspective, autre information, information complementaire",
    },
}

#: The word that opens a heading, « Axe 2 – … », and the level it announces.
LEVEL_WORDS: dict[str, Field] = {
    **dict.fromkeys(("ambition", "axe", "defi", "pilier", "volet", "priorite"), Field.AMBITION),
    **dict.fromkeys(("orientation", "sous axe"), Field.ORIENTATION),
    **dict.fromkeys(("theme", "thematique", "domaine", "champ", "rubrique"), Field.THEME),
    **dict.fromkeys(("besoin", "enjeu", "constat", "problematique"), Field.NEED),
    **dict.fromkeys(("objectif", "objectif operationnel", "objectif specifique", "oo"), Field.OBJECTIVE),
    **dict.fromkeys(("objectif strategique", "objectif general", "os"), Field.ORIENTATION),
}

#: The word that opens the title of an action, « Fiche action n° 3 : … ».
ACTION_WORDS = ("fiche action", "action", "fiche projet", "fiche", "projet", "fa", "mesure")

#: The themes of the Caf, and how plans shorten them: a lonely row that says one of them is a band.
THEMES = (
    *("petite enfance", "enfance", "jeunesse", "parentalite", "animation de la vie sociale", "logement"),
    *("acces aux droits", "insertion", "inclusion numerique", "handicap", "mobilite", "sante", "seniors"),
    *("valeurs de la republique", "laicite", "autonomie", "aidants", "vie sociale", "numerique", "culture"),
    *("gouvernance", "pilotage", "transversal", "cadre de vie", "citoyennete", "soutien a la parentalite"),
)
