"""What stands above the actions, and what names them."""

from ..fields import Field

PHRASES: dict[Field, dict[float, str]] = {
    Field.NUMBER: {
        1.0: "n, no, numero, num, n action, no action, numero action, action n, n fiche, fiche n, n ordre,"
        " code, ref, id, code action, n fiche action",
        0.8: "reference, rang, ordre, index",
    },
    Field.TITLE: {
        1.0: "action, action prevue, action proposee, action a mener, action envisagee, action concrete,"
        " action projet, action operationnelle, fiche action, plan action, intitule action, titre"
        " action, nom action, libelle action, designation action, denomination action, objet action,"
        " nom tache, intitule tache, libelle tache",
        0.95: "intitule, libelle, action phare, titre, designation, denomination, nom projet, intitule"
        " projet, titre projet, nom fiche, titre fiche, intitule fiche, intitule mesure",
        0.9: "allons faire, ferons, faisons, va faire, qui sera fait, proposons, que faire, on fait,"
        " reponse apporter, reponse apportee",
        0.75: "projet, mesure, operation, activite, demarche",
        0.7: "proposition, piste action, chantier, initiative, quoi, tache, dispositif, realisation"
        " prevue, engagement, sujet",
        0.6: "action n",
        0.45: "objectif operationnel, declinaison",
    },
    Field.AMBITION: {
        1.0: "ambition, axe, axe strategique, axe prioritaire, axe ctg, intitule axe, axe intervention, defi",
        0.8: "orientation strategique, orientation politique, volet, pilier, grand axe, axe travail,"
        " objectif general, finalite ctg, grande orientation",
        0.7: "objectif strategique, enjeu strategique",
    },
    Field.IMPACTS: {
        1.0: "impact recherche",
        0.9: "impact, impact attendu",
    },
    Field.ORIENTATION: {
        1.0: "orientation, orientation strategique, sous axe, priorite strategique",
        0.9: "objectif strategique, objectif general, levier strategique",
    },
    Field.THEME: {
        1.0: "theme, thematique, champ intervention, domaine, domaine intervention, thematique ctg, theme"
        " caf, volet thematique, champ action, domaine action, champ thematique",
        0.8: "champ, secteur, rubrique, categorie, politique, politique publique, pole, famille action,"
        " compartiment",
        0.7: "groupe travail, commission, competence, volet",
    },
    Field.NEED: {
        1.0: "besoin, constat, enjeu, diagnostic, problematique, besoin repere, besoin identifie, constat"
        " partage, enjeu repere, element diagnostic, rappel constat, enjeu identifie, analyse besoin,"
        " constat depart",
        0.8: "contexte, origine, probleme, etat lieux, pourquoi, difficulte reperee, justification,"
        " constatons, observons, savons, motif, raison, point faible diagnostic, element contexte",
    },
    Field.OBJECTIVE: {
        1.0: "objectif, objectif operationnel, objectif specifique, changement souhaite, changement attendu",
        0.95: "objectif strategique, objectif general, but, objectif vise, objectif poursuivi, sous objectif",
        0.9: "voulons, visons, souhaitons, cherchons, on souhaite, on veut, on vise, veut changer, changer,"
        " pour quoi faire, but recherche, resultat vise",
    },
    Field.PRIORITY: {
        1.0: "priorite, niveau priorite, degre priorite, ordre priorite, rang priorite, prio, urgence,"
        " priorisation, hierarchisation",
        0.8: "importance",
    },
}
