/// Reads CONCEPT_RELATIONSHIP.csv: the valid edges of the relationships that the index holds.
struct AthenaRelationships: AthenaSink {
  static let columns = ["concept_id_1", "concept_id_2", "relationship_id", "invalid_reason"]

  /// Edges between concept ids: source in the high half, target in the low half.
  var mapsTo: [UInt64] = []
  var mapsToValue: [UInt64] = []
  var replacedBy: [UInt64] = []

  private static let mapsToName = Array("Maps to".utf8)
  private static let mapsToValueName = Array("Maps to value".utf8)
  private static let replacedByName = Array("Concept replaced by".utf8)

  init() {}

  mutating func take(
    _ rows: AthenaRows, _ bytes: Span<UInt8>, _ places: [Int]
  ) throws(AthenaFault) {
    let mapsToName = AthenaRelationships.mapsToName
    let mapsToValueName = AthenaRelationships.mapsToValueName
    let replacedByName = AthenaRelationships.replacedByName
    let first = places[0]
    let second = places[1]
    let name = places[2]
    let reason = places[3]
    for row in 0..<rows.count {
      let range = rows.range(row, name)
      // The three names have three lengths that few others share.
      guard range.count == 7 || range.count == 13 || range.count == 19,
        rows.range(row, reason).isEmpty
      else { continue }
      let relationship = bytes.extracting(range)
      let isMapsTo = matches(relationship, mapsToName)
      let isValue = matches(relationship, mapsToValueName)
      guard isMapsTo || isValue || matches(relationship, replacedByName) else { continue }
      guard let source = AthenaValue.id(bytes, rows.range(row, first)),
        let target = AthenaValue.id(bytes, rows.range(row, second))
      else {
        throw AthenaFault(
          code: "bad-concept-id",
          message: "concept_id_1 or concept_id_2 is no whole number from 0 to 2147483647",
          line: Int(rows.lines[row]))
      }
      let edge = UInt64(source) << 32 | UInt64(target)
      if isMapsTo {
        mapsTo.append(edge)
      } else if isValue {
        mapsToValue.append(edge)
      } else {
        replacedBy.append(edge)
      }
    }
  }

  private func matches(_ bytes: Span<UInt8>, _ name: [UInt8]) -> Bool {
    guard bytes.count == name.count else { return false }
    for index in bytes.indices where bytes[index] != name[index] { return false }
    return true
  }

  mutating func append(_ other: AthenaRelationships, after line: Int) {
    mapsTo += other.mapsTo
    mapsToValue += other.mapsToValue
    replacedBy += other.replacedBy
  }
}
