import Foundation

/// A small export of the hospital, written by hand: the records of each file without their header.
struct Handmade {
  var patients: [String] = []
  var stays: [String] = []
  var units: [String] = []
  var diagnoses: [String] = []
  var acts: [String] = []
  var results: [String] = []
  var administrations: [String] = []

  private static let headers = [
    "patients.csv": "IPP;NIR;NOM;PRENOM;NAISSANCE;SEXE;DECES;CODE_POSTAL;DATE_MAJ",
    "sejours_2024.csv":
      "NUM_SEJOUR;IPP;DATE_ENTREE;DATE_SORTIE;TYPE_SEJOUR;MODE_ENTREE;PROVENANCE;MODE_SORTIE;DESTINATION;CODE_UF",
    "unites.csv": "CODE_UF;LIBELLE;SPECIALITE;TYPE_UF",
    "diagnostics.csv": "NUM_SEJOUR;RANG;TYPE;CODE;LIBELLE;DATE_SAISIE",
    "actes.csv": "NUM_SEJOUR;CODE;DATE_ACTE;PHASE;ACTIVITE",
    "biologie.csv":
      "NUM_ANALYSE;IPP;NUM_SEJOUR;ANALYSE;DATE_PRELEVEMENT;TYPE_RESULTAT;VALEUR;UNITE;BORNE_INF;BORNE_SUP",
    "medicaments.csv": "NUM_ADMIN;IPP;NUM_SEJOUR;CODE;DOSE;UNITE;VOIE;DEBUT;FIN",
  ]

  /// Writes the files into the folder `hcl` of a data folder.
  func write(to data: URL) throws {
    let folder = data.appendingPathComponent("hcl", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let files = [
      "patients.csv": patients, "sejours_2024.csv": stays, "unites.csv": units,
      "diagnostics.csv": diagnoses, "actes.csv": acts, "biologie.csv": results,
      "medicaments.csv": administrations,
    ]
    for (name, lines) in files {
      let text = ([Handmade.headers[name] ?? ""] + lines).map { $0 + "\n" }.joined()
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
  }
}
