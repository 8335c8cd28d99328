/// A code of a drug (UCD, ATC or local), what it leads to, and how it is given.
struct DrugCode {
  let code: String
  let target: Int
  /// The ATC concept; 0 for codes that are not of the vocabulary.
  let sourceConcept: Int
  /// Usual doses.
  let doses: [SampleDecimal]
  let unit: String
  let route: String

  init(
    _ code: String, _ target: Int, source: Int = 0, _ doses: [SampleDecimal], _ unit: String,
    _ route: String
  ) {
    self.code = code
    self.target = target
    sourceConcept = source
    self.doses = doses
    self.unit = unit
    self.route = route
  }

  /// The route concept; 0 for one that the map lacks.
  static func routeConcept(_ route: String) -> Int {
    routes.first { $0.route == route }?.concept ?? 0
  }

  static let routes: [(route: String, concept: Int)] = [
    ("PO", 4_132_161), ("IV", 4_171_047), ("SC", 4_142_048), ("IM", 4_302_612),
  ]
}

extension DrugCode {
  static let all: [DrugCode] = [
    // ATC codes, in the vocabulary.
    DrugCode(
      "N02BE01", 1_125_315, source: 21_604_344, [SampleDecimal(500), SampleDecimal(1000)], "mg",
      "PO"),
    DrugCode(
      "B01AC06", 1_112_807, source: 21_600_991, [SampleDecimal(75), SampleDecimal(160)], "mg", "PO"),
    DrugCode(
      "B01AB05", 1_301_025, source: 21_600_976, [SampleDecimal(4000), SampleDecimal(6000)], "UI",
      "SC"),
    DrugCode(
      "C08CA01", 1_332_418, source: 21_601_747, [SampleDecimal(5), SampleDecimal(10)], "mg", "PO"),
    DrugCode(
      "C09AA05", 1_334_456, source: 21_601_789, [SampleDecimal(125, scale: 2), SampleDecimal(5)],
      "mg", "PO"),
    DrugCode(
      "C10AA05", 1_545_958, source: 21_601_860, [SampleDecimal(10), SampleDecimal(40)], "mg", "PO"),
    DrugCode(
      "J01CR02", 1_713_332, source: 21_602_863, [SampleDecimal(1), SampleDecimal(2)], "g", "IV"),
    DrugCode(
      "M01AE01", 1_177_480, source: 21_603_967, [SampleDecimal(200), SampleDecimal(400)], "mg", "PO"
    ),
    // An ATC code that leads nowhere: its own concept is kept, with standard concept 0.
    DrugCode("C03CA01", 0, source: 21_601_518, [SampleDecimal(20), SampleDecimal(40)], "mg", "IV"),
    // UCD codes, in the hospital's map.
    DrugCode("3400890000604", 1_309_944, [SampleDecimal(200)], "mg", "PO"),
    DrugCode("3400890000628", 1_545_958, [SampleDecimal(20)], "mg", "PO"),
    DrugCode("3400890003940", 1_125_315, [SampleDecimal(1000)], "mg", "PO"),
    DrugCode("3400890018494", 1_713_332, [SampleDecimal(1)], "g", "PO"),
    DrugCode(
      "3400890597623", 1_110_410, [SampleDecimal(25, scale: 1), SampleDecimal(5)], "mg", "SC"),
    DrugCode("3400891215502", 1_301_025, [SampleDecimal(4, scale: 1)], "mL", "SC"),
    DrugCode("3400892265049", 1_777_806, [SampleDecimal(1), SampleDecimal(2)], "g", "IV"),
    DrugCode("3400892937595", 1_000_560, [SampleDecimal(4)], "mg", "IV"),
    // A UCD code without a map.
    DrugCode("3400890025416", 0, [SampleDecimal(20)], "mg", "PO"),
    // Local preparations.
    DrugCode("HEP-SC", 1_367_571, [SampleDecimal(5000)], "UI", "SC"),
    DrugCode("NACL9", 967_823, [SampleDecimal(500), SampleDecimal(1000)], "mL", "IV"),
    DrugCode("TPN-12", 0, [SampleDecimal(1500)], "mL", "KTC"),
  ]
}
