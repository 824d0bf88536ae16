"""Who carries an action, what it costs, how it is followed."""

from ..fields import Field

PHRASES: dict[Field, dict[float, str]] = {
    Field.ORGANISATIONS: {
        1.15: "pilote partenaire, porteur partenaire, partenaire porteur, partenaire pilote, pilotage"
        " partenaire, referent partenaire, responsable partenaire, maitre ouvrage partenaire, chef"
        " file partenaire, pilotage partenariat, porteur partenariat, porteur acteur, pilote acteur",
        1.0: "organisme, acteur concerne, acteur implique, acteur mobilise, structure concernee, qui, qui"
        " fait, qui fait quoi",
        0.9: "acteur",
        0.8: "structure, service, intervenant, direction, entite",
    },
    Field.LEADS: {
        1.0: "pilote, porteur, porteuse, chef file, referent, maitre ouvrage, responsable, pilotage,"
        " porteur projet, service porteur, portage, structure porteuse, animateur, operateur, pilote"
        " action, service pilote, porteur action, responsable action, maitrise ouvrage, coordinateur,"
        " coordinatrice, service referent, qui pilote, service responsable, service instructeur, mo,"
        " service concerne, organisme porteur, structure charge, service charge, qui suit, qui anime,"
        " qui porte, qui s en occupe, collectivite porteuse, charge action, en charge, chef projet,"
        " porte par, pilote par, direction service, structure pilote, affecte, assigne, attribue",
        0.9: "coordination, responsabilite, leader, interlocuteur, gestionnaire",
    },
    Field.CO_LEADS: {
        1.0: "co pilote, copilote, co porteur, coporteur, co pilotage, maitre oeuvre, copilotage, co"
        " animateur, co responsable, co referent",
    },
    Field.PARTNERS: {
        1.0: "partenaire, partenaire associe, partenariat, acteur associe, partenaire mobilise,"
        " contributeur, partenaire implique, avec qui, avec, partenaire concerne, personne ressource,"
        " acteur a mobiliser, partenaire potentiel, autre acteur, autre partenaire, autre structure,"
        " ils aident, aident, acteur partenaire, structure associee, structure partenaire, service"
        " associe, membre associe, partie prenante, acteur relais",
        0.9: "associe, collaboration, cooperation, participant, appui",
    },
    Field.FUNDERS: {
        1.0: "financeur, financement, cofinanceur, cofinancement, partenaire financier, source"
        " financement, plan financement",
        0.9: "qui finance, finance par",
        0.8: "recette, subvention, origine fonds, part caf, aide caf",
    },
    Field.ELECTED_LEAD: {
        1.0: "elu, elue, elu referent, elue referente, elu reference, referent elu, elu pilote, vice"
        " president, vice presidente, portage politique, pilotage politique, referent politique,"
        " adjoint, adjointe, adjoint referent, elu charge",
    },
    Field.INDICATORS: {
        1.4: "quantitatif qualitatif, qualitatif quantitatif",
        1.2: "saurons reussi, comment mesurer, comment evaluer, comment mesurons, comment saurons, comment"
        " saura, comment savoir, on verra que marche, verra que marche, quoi verra, on mesure",
        1.05: "methode evaluation, outil evaluation, mesure impact, mesure reussite, mesure resultat",
        1.0: "indicateur, indicateur evaluation, evaluation, indicateur suivi, critere evaluation,"
        " indicateur resultat, suivi evaluation, modalite evaluation, indicateur realisation, critere"
        " reussite, indicateur de reussite, critere suivi, modalite suivi, kpi",
        0.9: "critere",
    },
    Field.QUANTITATIVE: {
        1.15: "quantitatif, indicateur quantitatif, quantitative, evaluation quantitative, quanti",
    },
    Field.QUALITATIVE: {
        1.15: "qualitatif, indicateur qualitatif, qualitative, evaluation qualitative, quali",
    },
    Field.TARGET: {
        1.0: "cible, valeur cible, valeur attendue, resultat, objectif chiffre, cible annuelle, resultat"
        " obtenu, valeur reference, valeur initiale, unite",
        0.9: "valeur",
        1.05: "realise aaaa, prevu aaaa, obtenu aaaa, valeur aaaa, resultat aaaa, cible aaaa",
        0.8: "prevu, prevision, attendu",
    },
    Field.BUDGET: {
        1.0: "budget, cout, montant, budget previsionnel, cout estime, enveloppe, depense, cout"
        " previsionnel, chiffrage, estimation budgetaire, estimation financiere, incidence financiere,"
        " besoin financier",
        0.8: "investissement, fonctionnement",
    },
    Field.RESOURCES: {
        1.0: "moyen, ressource, moyen humain, moyen mobilise, moyen necessaire, outil, moyen financier,"
        " moyen materiel, etp, moyen humain financier, besoin humain, materiel necessaire",
        0.7: "materiel, support, equipement",
    },
    Field.STATUS: {
        1.0: "statut, etat, etat avancement, avancement, etat action, situation, suivi, realisation, etat"
        " realisation, niveau avancement, degre realisation, ou en est on, en est on, realise, fait,"
        " en cours, a faire, termine, a venir, non commence, non demarre, avancee, action nouvelle"
        " reconduite, action nouvelle existante, action nouvelle poursuite, nouvelle action poursuite",
        0.8: "stade, meteo, feu tricolore, reconduite",
        0.6: "phase",
    },
    Field.PROGRESS: {
        1.15: "pourcentage, pourcentage realise, pourcentage avancement, taux avancement, pourcentage"
        " realisation, taux realisation, avancement pourcentage, realisation pourcentage,"
        " element termine liste controle",
        1.0: "progression",
    },
    Field.NOTES: {
        1.1: "com, point etape",
        1.0: "commentaire, remarque, suite donner, suite, observation, note, bilan, complement, point"
        " suivi, actualite, divers, perspective, autre information, information complementaire,"
        " remarque point vigilance, prochaine etape, lien avec autre, articulation, fait marquant, reste"
        " faire, qui reste faire, qui ete fait, qui ete realise, ete fait, ete realise",
        0.95: "mot",
        0.8: "avis, annotation, noter, precision diverse, a savoir, source, source donnee, trouver donnee",
    },
}
