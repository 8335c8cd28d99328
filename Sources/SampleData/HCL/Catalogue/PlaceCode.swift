/// Where a patient comes from and goes to: the PMSI's mode and provenance in one code.
enum PlaceCode {
  static let entry: [(code: String, concept: Int)] =
    [("8", 581_476), ("85", 8870), ("77", 8827)] + transfers

  static let exit: [(code: String, concept: Int)] =
    [("8", 581_476), ("66", 581_476), ("76", 581_476), ("77", 8827)] + transfers

  private static let transfers: [(code: String, concept: Int)] = ["6", "7"].flatMap { mode in
    [
      (mode + "1", 8717), (mode + "2", 8920), (mode + "3", 8676), (mode + "4", 8971),
    ]
  }

  /// The place of a code; 0 for one that the map lacks, such as 9 (death).
  static func concept(of code: String, in map: [(code: String, concept: Int)]) -> Int {
    map.first { $0.code == code }?.concept ?? 0
  }
}
