"""What an action says of itself, for whom, where and when."""

from ..fields import Field

PHRASES: dict[Field, dict[float, str]] = {
    Field.PURPOSE: {
        1.0: "finalite, objectif action, but action, finalite action, intention, objectif projet",
        0.9: "visee, sens action",
    },
    Field.CONTENT: {
        1.0: "description, descriptif, contenu, detail, description action, contenu action, cette action"
        " consiste, cette action vise, action consiste, description synthetique, descriptif action,"
        " presentation, deroulement, deroule, resume, en quoi consiste, nature action,"
        " quelque mot, en bref",
        0.95: "quoi agit il, quoi agit",
        0.9: "ce qui est prevu, est prevu, etape, etape realisation, etape mise oeuvre, etape cle, sous"
        " action, activite prevue, element liste controle, liste controle",
        0.8: "declinaison operationnelle, precision, explication, explicatif, developpement, nature",
        0.65: "activite, tache, operation, composante, volet operationnel",
    },
    Field.METHODS: {
        1.0: "modalite, mise en oeuvre, modalite mise en oeuvre, methode, conditions mise en oeuvre,"
        " modalite operationnelle, comment, methodologie, demarche mise en oeuvre, modalite possible",
        0.8: "gouvernance, instance pilotage, modalite pilotage",
        0.65: "demarche, organisation",
    },
    Field.EFFECTS: {
        1.0: "effet, effet attendu, resultat attendu, plus value, benefice attendu, retombee, resultat"
        " escompte, resultat recherche, attendu",
        0.95: "impact attendu, livrable, production attendue",
        0.85: "impact",
    },
    Field.AUDIENCES: {
        1.0: "public, public cible, beneficiaire, public vise, cible public, destinataire, pour qui,"
        " population cible, population concernee, personne concernee, public concerne, usager,"
        " habitant concerne, tranche age",
        0.9: "cible, population",
    },
    Field.MUNICIPALITIES: {
        1.0: "commune, territoire, lieu, secteur geographique, commune concernee, perimetre, localisation,"
        " territoire concerne, echelle intervention, ou, zone geographique, territoire intervention,"
        " quartier, quartier concerne, qpv, couverture geographique, echelle territoriale",
        0.9: "echelle, zone, implantation, rayonnement",
    },
    Field.CALENDAR: {
        1.0: "calendrier, echeance, periode, date, delai, echeancier, planning, quand, temporalite, debut"
        " fin, debut duree, demarrage duree, calendrier mise en oeuvre, calendrier previsionnel,"
        " annee, date realisation, date prevue, duree, periode realisation, annee mise en oeuvre,"
        " echeance previsionnelle, date mise en oeuvre, programmation, planification, chronologie,"
        " phasage, retroplanning, court moyen terme, court long terme, horizon, delai mise oeuvre,"
        " date achevement",
        0.9: "terme, periodicite, frequence, rythme, mois, trimestre, semestre",
    },
    Field.STARTS: {
        1.0: "debut, date debut, demarrage, date demarrage, date lancement, lancement, debut prevu, debut"
        " previsionnel, commence, date commencement",
    },
    Field.ENDS: {
        1.0: "fin, date fin, date fin prevue, fin prevue, date cloture, fin previsionnelle, cloture,"
        " achevement, jusqu",
    },
    Field.FACTORS: {
        1.15: "frein levier, levier frein, difficulte levier, levier difficulte, atout frein, atout"
        " difficulte, atout contrainte, force faiblesse, force limite, opportunite risque, point appui"
        " vigilance, point fort faible, condition reussite",
    },
    Field.BRAKES: {
        1.0: "frein, difficulte, risque, point vigilance, vigilance, contrainte, freins identifies",
        0.95: "obstacle, limite, point faible, qui coince, qui bloque",
    },
    Field.LEVERS: {
        1.0: "levier, atout, point appui, ressource mobilisable, facteur reussite, opportunite, facteur"
        " cle succes, facteur cle reussite, facilitateur, point fort",
    },
}
