/// Names, numbers and postcodes that look like those of patients and cannot belong to one.
enum Identity {
  /// Nobody is called like that: vegetables and herbs, some with the letters that windows-1252
  /// has and Latin-1 has not.
  static let names = [
    "ÉCHALOTE", "POIREAU", "CŒUR-DE-BŒUF", "TOPINAMBOUR", "CÂPRE", "SALSIFIS", "RUTABAGA", "PANAIS",
    "CHOU-RAVE", "MÂCHE", "BETTERAVE", "ARTICHAUT", "CÉLERI", "ENDIVE", "POTIRON", "CROSNE",
  ]
  static let femaleNames = [
    "Prune", "Cerise", "Mûre", "Groseille", "Mirabelle", "Airelle", "Pêche", "Figue", "Nèfle",
  ]
  static let maleNames = [
    "Basilic", "Persil", "Cerfeuil", "Thym", "Estragon", "Aneth", "Cumin", "Sésame", "Céleri-Noël",
  ]

  static let postcodes = [
    "69001", "69003", "69008", "69100", "69200", "69300", "01000", "01500", "38000", "38200",
    "42000", "71000", "73000", "74000", "26000", "07100", "03000", "13001", "75011", "97400",
  ]

  /// The department of one of the postcodes; `nil` for anything else.
  static func department(_ postcode: String) -> String? {
    guard postcode.utf8.count == 5, postcode.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return String(postcode.prefix(postcode.hasPrefix("97") ? 3 : 2))
  }

  /// A number of the shape of a NIR, with a right control key and the department 00, which does
  /// not exist.
  static func nir(sex: Sex, birth: Day, order: Int) -> String {
    let (year, month, _) = birth.civil
    let body =
      (sex == .female ? "2" : "1") + padded(year % 100, 2) + padded(month, 2) + "00"
      + padded(order / 1000 % 1000, 3) + padded(order % 1000, 3)
    var remainder = 0
    for digit in body.utf8 { remainder = (remainder * 10 + Int(digit) - 0x30) % 97 }
    return body + padded(97 - remainder, 2)
  }
}
